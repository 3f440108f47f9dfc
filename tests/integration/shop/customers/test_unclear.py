"""What was not understood: kept once, masked, of whoever hears from us; forgotten with them."""

import psycopg
import pytest
from sqlalchemy import select, text

from nlu import label
from shop.customers import personal_data, unclear
from shop.customers.stop_and_start import set_subscription
from shop.language.masking import mask_text
from storage.models import UnclearMessage
from tests.integration.customers import add_customer, store_customer


@pytest.fixture
def asha(session):
    return store_customer(session)


def kept(session):
    query = select(UnclearMessage).order_by(UnclearMessage.cause_id)
    return [(each.cause_id, each.text, each.guess, each.meant) for each in session.scalars(query)]


def test_a_turn_that_runs_twice_keeps_one(session, asha):
    for _ in range(2):
        unclear.store_unclear(session, asha, 7, "my number 9876543210", "support")
    assert kept(session) == [(7, "my number 0000000000", "support", None)]


def test_what_was_meant_is_noted_and_listed_once_more(session, asha):
    unclear.store_unclear(session, asha, 7, "so the rider", "support")
    unclear.mark_listed(session, unclear.to_label(session))
    assert unclear.to_label(session) == []
    unclear.settle_unclear(session, asha, 7, "track_order")
    session.flush()
    session.expire_all()
    assert [each.meant for each in unclear.to_label(session)] == ["track_order"]


def test_none_of_these_takes_the_guess_away(session, asha):
    unclear.store_unclear(session, asha, 7, "so the rider", "support")
    unclear.settle_unclear(session, asha, 7, "out_of_scope")
    assert kept(session) == [(7, "so the rider", "out_of_scope", None)]


def test_nobody_settles_what_somebody_else_wrote(session, asha):
    ravi = add_customer(session, "919800000002")
    unclear.store_unclear(session, asha, 7, "so the rider", "support")
    unclear.settle_unclear(session, ravi, 7, "track_order")
    assert kept(session) == [(7, "so the rider", "support", None)]


def test_stop_forgets_and_keeps_nothing_more(session, asha):
    unclear.store_unclear(session, asha, 7, "so the rider", "support")
    set_subscription(session, asha, "unsubscribed", "wamid.1")
    unclear.store_unclear(session, asha, 8, "and the bill", "support")
    assert kept(session) == []


def test_whoever_was_unsubscribed_by_hand_is_not_listed(session, asha):
    unclear.store_unclear(session, asha, 7, "so the rider", "support")
    session.flush()
    session.execute(text("UPDATE user_profiles SET subscription = 'unsubscribed'"))
    assert unclear.to_label(session, again=True) == []


def test_erasure_takes_it_and_export_shows_it(session, asha):
    unclear.store_unclear(session, asha, 7, "so the rider", "support")
    session.flush()
    exported = personal_data.export_personal_data(session, asha)["unclear_messages"]
    assert [row["text"] for row in exported] == ["so the rider"]
    assert personal_data.erase_personal_data(session, asha).gone["unclear_messages"] == 1
    assert kept(session) == []


@pytest.mark.usefixtures("engine")
def test_the_command_lists_each_message_once(session, asha, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(label, "DIRECTORY", label.ROOT / tmp_path / "to_label")
    monkeypatch.setattr(label, "ROOT", tmp_path)
    for cause, words in enumerate(["so the rider", "qwx 9876543210 zzpf"]):
        unclear.store_unclear(session, asha, cause, words, "support")
    unclear.settle_unclear(session, asha, 0, "track_order")
    session.commit()
    assert label.main([]) == 0
    assert "2 to label, 1 of them by the customers" in capsys.readouterr().out
    [path] = (tmp_path / "to_label").iterdir()
    assert mask_text("qwx 9876543210 zzpf") in path.read_text()
    assert label.main([]) == 0
    said = capsys.readouterr().out
    assert "Nothing to label" in said
    assert "is an example in data/nlu" in said
    assert label.main(["--all"]) == 0
    assert len(list((tmp_path / "to_label").iterdir())) == 2


def test_the_tables_may_be_emptied_by_hand(database_url, session, asha):
    unclear.store_unclear(session, asha, 7, "so the rider", "support")
    session.commit()
    with psycopg.connect(database_url) as connection:
        connection.execute("TRUNCATE whatsapp_messages")
    assert len(kept(session)) == 1
