"""Menus changed by SQL by hand: live at once where they are fit, and never breaking anything."""

import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.orm import Session

from shop.language.keyword_forms import normalise_keyword
from shop.menus import cache, keywords, last_good_version, reports
from shop.menus import shown as menu_shown
from shop.menus.reply_ids import resolve_reply_id
from shop.taps.meanings import Meaning

Sql = Callable[..., None]


@pytest.fixture
def sql(session: Session) -> Sql:
    """SQL by hand, in a transaction of its own; whoever asks next finds what it did."""

    def run(statement: str, **values: Any) -> None:
        session.execute(text(statement), values)
        session.commit()
        cache.menus_cache(session).refresh()

    return run


@pytest.fixture
def asked(engine: Engine) -> Iterator[list[str]]:
    """What the database is asked."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


def buttons(*options: tuple[str, str], body: str = "Offers of the week") -> dict[str, Any]:
    replies = [{"type": "reply", "reply": {"id": i, "title": title}} for i, title in options]
    return {"type": "button", "body": {"text": body}, "action": {"buttons": replies}}


GOOD = buttons(("coffee", "Coffee"), ("main_menu", "Back"))

INSERT = (
    "INSERT INTO workflow_templates (template_name, template_type, trigger_keywords,"
    " menu_structure) VALUES (:name, 'button', :words, :menu)"
)
UPDATE = "UPDATE workflow_templates SET menu_structure = :menu WHERE template_name = 'offers'"


def insert(sql: Sql, menu: object = GOOD, name: str = "offers", words: Any = ("deal",)) -> None:
    sql(INSERT, name=name, menu=json.dumps(menu), words=list(words))


def titles(session: Session, name: str = "offers") -> list[str]:
    shown = menu_shown.render_menu(session, name)
    assert shown is not None
    return [option["title"] for option in last_good_version.list_menu_options(shown)]


def reason(session: Session) -> str:
    found = {
        problem.template_name: problem.reason for problem in reports.reported_problems(session)
    }
    return found["offers"]


def test_a_new_menu_is_live_with_its_keyword_and_its_name(session: Session, sql: Sql) -> None:
    insert(sql)
    assert titles(session) == ["Coffee", "Back"]
    assert keywords.read_keywords(session)["deal"] == Meaning("show_menu", {"menu": "offers"})
    assert resolve_reply_id(session, "offers") == Meaning("show_menu", {"menu": "offers"})


def test_a_deleted_menu_is_gone(session: Session, sql: Sql) -> None:
    insert(sql)
    sql("DELETE FROM workflow_templates WHERE template_name = 'offers'")
    assert menu_shown.render_menu(session, "offers") is None
    assert "deal" not in keywords.read_keywords(session)
    assert resolve_reply_id(session, "offers") is None


def test_a_change_without_triggers_and_clocks_is_seen_too(session: Session, sql: Sql) -> None:
    insert(sql)
    changed = json.dumps(buttons(("tea", "Tea")))
    session.execute(text("SET LOCAL session_replication_role = replica"))
    sql(UPDATE, menu=changed)
    assert titles(session) == ["Tea"]


def test_a_message_asks_the_database_nothing(session: Session, asked: list[str]) -> None:
    cache.current_menus(session)
    asked.clear()
    known = keywords.Keywords(lambda: Session(session.get_bind()))
    assert known.meaning("Hi!") == Meaning("show_menu", {"menu": "main_menu"})
    assert resolve_reply_id(session, "product_catalog") == Meaning("new_order")
    assert resolve_reply_id(session, "coffee") == Meaning("new_order", {"product": "coffee"})
    assert asked == []


def test_menus_outlive_a_database_that_is_away(
    session: Session, sql: Sql, cluster_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    insert(sql)
    live = cache.menus_cache(session)
    monkeypatch.setattr(cache, "_FRESH_FOR", -1)
    name = session.scalar(text("SELECT current_database()"))
    session.commit()
    session.get_bind().dispose()
    with psycopg.connect(cluster_url, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    assert "offers" in live.current().menus
    with pytest.raises(Exception, match="not currently accepting"):
        cache.LiveMenus(session.get_bind().engine).current()


BROKEN = {
    "no object": ("[]", "must be an object"),
    "null": ("null", "must be an object"),
    "a string": ('"menu"', "must be an object"),
    "nothing in it": ("{}", "action"),
    "no body": ({key: GOOD[key] for key in ("type", "action")}, "body"),
    "a body of numbers": ({**GOOD, "body": {"text": 7}}, "INTERACTIVE_BODY"),
    "a null for a title": (buttons(("tea", None)), "BUTTON_TITLE"),
    "buttons that are no list": ({**GOOD, "action": {"buttons": {}}}, "buttons"),
    "no buttons": (buttons(), "BUTTONS"),
    "a long title": (buttons(("tea", "A cup of tea for you two")), "20 characters allowed"),
    "a long body": (buttons(("tea", "Tea"), body="x" * 1025), "1024 characters allowed"),
    "an id twice": (buttons(("tea", "Tea"), ("tea", "Chai")), "differ"),
    "a wrong type": ({**GOOD, "type": "carousel"}, "type"),
    "an id that leads nowhere": (buttons(("tee", "Tea")), "“tee” leads nowhere"),
}


@pytest.mark.parametrize(("menu", "said"), BROKEN.values(), ids=BROKEN)
def test_a_broken_menu_is_not_shown_but_the_last_good_one(
    session: Session, sql: Sql, menu: Any, said: str
) -> None:
    insert(sql)
    broken = menu if isinstance(menu, str) else json.dumps(menu)
    sql(UPDATE, menu=broken)
    assert titles(session) == ["Coffee", "Back"]
    assert said in reason(session)
    # A process that starts now finds the same.
    started = cache.LiveMenus(session.get_bind().engine).current()
    assert [o["title"] for o in menu_shown.menu_options(started.menus["offers"])] == [
        "Coffee",
        "Back",
    ]
    assert "deal" in started.keywords
    changes = text("SELECT change FROM workflow_template_versions WHERE template_name = 'offers'")
    assert session.scalars(changes).all() == ["created", "changed"]


def test_a_mended_menu_is_shown_and_nothing_is_reported_any_more(
    session: Session, sql: Sql
) -> None:
    insert(sql)
    sql(UPDATE, menu="{}")
    assert reason(session)
    sql(UPDATE, menu=json.dumps(buttons(("tea", "Tea"))))
    assert titles(session) == ["Tea"]
    assert reports.reported_problems(session) == []


def test_a_menu_that_was_never_good_is_not_there(session: Session, sql: Sql) -> None:
    insert(sql, {"type": "button"})
    assert menu_shown.render_menu(session, "offers") is None
    assert "deal" not in keywords.read_keywords(session)
    [problem] = reports.reported_problems(session)
    assert (problem.is_shown, problem.version) == (False, 1)
    # The others are as good as ever.
    assert titles(session, "main_menu") == ["Track Order", "Place Order", "Get Support"]


def test_what_leads_nowhere_any_more_is_left_out(session: Session, sql: Sql) -> None:
    insert(sql)
    sql("DELETE FROM products WHERE sku = 'coffee'")
    assert titles(session) == ["Back"]
    assert reason(session) == "“coffee” leads nowhere"
    sql(UPDATE, menu=json.dumps(buttons(("coffee", "Coffee"), ("tea", "Tea"))))
    assert titles(session) == ["Tea"]
    sql(UPDATE, menu=json.dumps(buttons(("nowhere", "Nowhere"), ("tea", "Chai"))))
    assert titles(session) == ["Tea"]
    sql("INSERT INTO products (sku, name, price) VALUES ('coffee', 'Coffee', 1)")
    assert titles(session) == ["Coffee", "Tea"]


def test_a_menu_may_name_one_that_comes_later(session: Session, sql: Sql) -> None:
    insert(sql, buttons(("deals", "Deals"), ("tea", "Tea")))
    assert titles(session) == ["Tea"]
    insert(sql, name="deals", words=())
    assert titles(session) == ["Deals", "Tea"]
    assert reports.reported_problems(session) == []


def test_only_the_catalogue_says_what_was_taken_out_of_it(session: Session, sql: Sql) -> None:
    sql("INSERT INTO products (sku, name, price, position) VALUES ('idli', 'Idli', 30, 99)")
    assert titles(session, "product_catalog")[-1] == "Idli"
    insert(sql, buttons(("idli", "Idli")))
    assert titles(session, "product_catalog")[-1] == "Idli"
    sql("DELETE FROM workflow_templates WHERE template_name = 'offers'")
    assert titles(session, "product_catalog")[-1] == "Idli"
    listed = "UPDATE workflow_templates SET menu_structure = :menu WHERE template_name = :name"
    for menu in (buttons(("idli", "Idli"), ("tea", "Tea")), buttons(("tea", "Tea"))):
        sql(listed, menu=json.dumps(menu), name="product_catalog")
    assert "Idli" not in titles(session, "product_catalog")


def test_a_broken_translation_is_left_out(session: Session, sql: Sql) -> None:
    insert(sql)
    hindi = buttons(("coffee", "कॉफ़ी"))
    sql(
        "UPDATE workflow_templates SET translations = :words WHERE template_name = 'offers'",
        words=json.dumps({"hi": hindi, "ta": {"type": "button"}, "fr": None}),
    )
    menu = menu_shown.find_menu(session, "offers")
    assert menu
    assert menu.translations == {"hi": hindi}
    assert "ta: " in reason(session)
    assert "fr: " in reason(session)


@pytest.mark.parametrize("translations", ["[]", "null", "7"])
def test_translations_of_any_kind_break_nothing(
    session: Session, sql: Sql, translations: str
) -> None:
    insert(sql)
    sql("UPDATE workflow_templates SET translations = :words", words=translations)
    assert titles(session) == ["Coffee", "Back"]


def test_keywords_that_are_nothing_break_nothing(session: Session, sql: Sql) -> None:
    insert(sql)
    sql(
        "UPDATE workflow_templates SET trigger_keywords = ARRAY[NULL, '', ' ', 'Sale!', '☕']"
        " WHERE template_name = 'offers'"
    )
    known = keywords.read_keywords(session)
    assert {"sale", "☕"} <= set(known)
    assert "" not in known


def test_more_options_than_fit_are_no_fault(session: Session, sql: Sql) -> None:
    rows = [{"id": f"inform_quantity:{n}", "title": f"{n} pieces"} for n in range(1, 26)]
    sections = [{"title": "Few", "rows": rows[:12]}, {"title": "Many", "rows": rows[12:]}]
    action = {"button": "Choose", "sections": sections}
    insert(sql, {"type": "list", "body": {"text": "How many?"}, "action": action})
    assert len(titles(session)) == 25
    sql(UPDATE, menu=json.dumps(buttons(*((f"inform_quantity:{n}", f"{n}") for n in range(1, 6)))))
    assert titles(session) == ["1", "2", "3", "4", "5"]
    assert reports.reported_problems(session) == []


@pytest.mark.parametrize("word", ["hi", " HI ", "Hi!!", "hello", "hI।"])
def test_the_older_menu_keeps_a_keyword(session: Session, sql: Sql, word: str) -> None:
    insert(sql, words=["deal", word])
    known = keywords.read_keywords(session)
    assert known[normalise_keyword(word)] == Meaning("show_menu", {"menu": "main_menu"})
    assert known["deal"] == Meaning("show_menu", {"menu": "offers"})
    assert titles(session) == ["Coffee", "Back"]
    assert reason(session) == f"“{word}” opens main_menu already"
    [problem] = reports.reported_problems(session)
    assert problem.is_shown
    sql("UPDATE workflow_templates SET trigger_keywords = '{deal}' WHERE template_name = 'offers'")
    assert reports.reported_problems(session) == []


def test_letters_of_any_script_are_compared_without_case(session: Session, sql: Sql) -> None:
    insert(sql, words=["МЕНЮ", "छूट"])
    insert(sql, name="deals", words=["меню", "छूट।"])
    [problem] = reports.reported_problems(session)
    assert problem.template_name == "deals"
    assert problem.reason == "“меню” opens offers already; “छूट।” opens offers already"


def test_a_keyword_moves_when_its_menu_gives_it_up(session: Session, sql: Sql) -> None:
    insert(sql)
    insert(sql, name="deals")
    assert keywords.read_keywords(session)["deal"] == Meaning("show_menu", {"menu": "offers"})
    sql("UPDATE workflow_templates SET is_active = false WHERE template_name = 'offers'")
    assert keywords.read_keywords(session)["deal"] == Meaning("show_menu", {"menu": "deals"})
    assert reports.reported_problems(session) == []


def test_a_tier_sees_a_menu_of_its_own(session: Session, sql: Sql) -> None:
    insert(sql)
    insert(sql, buttons(("tea", "Golden Tea")), name="offers@gold")
    insert(sql, name="lounge@gold", words=["lounge"])

    def seen(name: str, tier: str | None) -> list[str] | None:
        shown = menu_shown.render_menu(session, name, tier=tier)
        return shown and [option["title"] for option in last_good_version.list_menu_options(shown)]

    assert seen("offers", "gold") == seen("offers", "Gold") == ["Golden Tea"]
    assert seen("offers", "regular") == seen("offers", None) == ["Coffee", "Back"]
    assert seen("offers@gold", "regular") == ["Coffee", "Back"]
    # The same keyword opens both; which of them is seen is the tier's matter.
    assert keywords.read_keywords(session)["deal"] == Meaning("show_menu", {"menu": "offers"})
    assert keywords.read_keywords(session)["lounge"] == Meaning("show_menu", {"menu": "lounge"})
    assert seen("lounge", "regular") is None
    assert seen("lounge", "gold") == ["Coffee", "Back"]


def test_what_is_wrong_is_said_once_in_the_log(
    session: Session, sql: Sql, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    insert(sql)
    for body in ("{}", "[]", "[]"):
        sql(UPDATE, menu=body)
    cache.LiveMenus(session.get_bind().engine).current()
    assert len([r for r in caplog.records if "cannot be shown" in r.message]) == 2
