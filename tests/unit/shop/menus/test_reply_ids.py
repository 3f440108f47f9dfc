import pytest

from shop.menus.reply_ids import of_payload
from shop.taps.meanings import Meaning, meant_id, meant_intent, reply_meaning


@pytest.mark.parametrize(
    ("payload", "reply_id"),
    [
        ("/confirm_order", "confirm_order"),
        ('/track_order{"order_id": "ORD-1"}', "track_order:ORD-1"),
        ('/inform_quantity{"quantity": "2"}', "inform_quantity:2"),
    ],
)
def test_payloads_become_reply_ids(payload: str, reply_id: str) -> None:
    assert of_payload(payload) == reply_id


def test_a_meaning_is_said_to_rasa() -> None:
    assert Meaning("support").as_text() == "/support"
    assert (
        Meaning("new_order", {"product": "coffee"}).as_text() == '/new_order{"product": "coffee"}'
    )


def test_what_was_meant_goes_through_a_reply_id() -> None:
    assert of_payload(meant_id("track_order")) == "meant:track_order"
    assert meant_intent("meant:track_order") == "track_order"


@pytest.mark.parametrize("reply_id", ["track_order", "meant", "meant:", "meant:nothing", "x:greet"])
def test_other_ids_mean_no_words(reply_id: str) -> None:
    assert meant_intent(reply_id) is None


def test_without_its_words_it_is_the_intent_alone() -> None:
    assert reply_meaning("meant:track_order", (), ()) == Meaning("track_order")
    assert reply_meaning("meant:nothing", (), ()) is None
