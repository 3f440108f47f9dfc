"""Menus: drafts, checks, publishing, versions, by HTTP and in a real browser."""

import copy
import html
import re
import time
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text, update

from connectors.whatsapp.messages import bubbles
from connectors.whatsapp.messages.speech import Bubble
from emulator.checks.interactive import check_interactive
from emulator.fields import Node
from shop.menus import cache
from shop.menus import shown as menu_shown
from shop.menus.editing import drafts
from shop.menus.editing.review import review_menu
from shop.products.editing import product_editing
from storage.engine import session
from storage.models import (
    AuditEntry,
    MenuDraft,
    MenuProblem,
    Product,
    Staff,
    WorkflowTemplate,
    WorkflowTemplateVersion,
)


def begin(owner, name="main_menu"):
    """Opens a menu's draft; returns its address."""
    return owner.sends(f"/menus/{name}/edit").headers["Location"]


def fields(owner, draft):
    """What the editor's form holds, as a browser would send it."""
    page = owner.sees(draft)
    form = page[page.index('id="editor"') : page.index("</form>", page.index('id="editor"'))]
    found = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', form))
    found |= dict(re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>([^<]*)', form))
    for name, options in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    if 'name="is_active" checked' in form:
        found["is_active"] = "on"
    return found


def save(owner, draft, **changes):
    return owner.sends(draft, **{**fields(owner, draft), **changes})


def publish(owner, draft, **changes):
    return owner.sends(f"{draft}/publish", **{**fields(owner, draft), **changes})


def live(name):
    with session() as opened:
        cache.menus_cache(opened).refresh()
        return menu_shown.render_menu(opened, name)


def test_a_draft_changes_nothing_until_it_is_published(asha):
    draft = begin(asha)
    save(asha, draft, body="Namaste!")
    assert live("main_menu")["body"]["text"] != "Namaste!"
    answer = publish(asha, draft)
    assert answer.headers["Location"] == "/menus/main_menu"
    assert live("main_menu")["body"]["text"] == "Namaste!"
    page = asha.sees("/menus/main_menu")
    assert "Main menu is live" in page
    assert "→ “Namaste!”" in page
    assert "by Asha" in page
    with session() as opened:
        assert not opened.scalars(select(MenuDraft)).all()
        entry = opened.scalars(select(AuditEntry).where(AuditEntry.action.contains("publ"))).one()
        assert "Namaste" in str(entry.details["changes"])


def test_a_published_menu_is_live_soon(asha):
    with session() as opened:
        menu_shown.render_menu(opened, "main_menu")
    publish(asha, begin(asha), body="Namaste!")
    since = time.monotonic()
    while time.monotonic() - since < 60:
        with session() as opened:
            if menu_shown.render_menu(opened, "main_menu")["body"]["text"] == "Namaste!":
                return
        time.sleep(0.2)
    pytest.fail("not live after a minute")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"body": ""}, "The text is empty"),
        ({"body": "x" * 1025}, "1025 characters, WhatsApp takes 1024"),
        ({"button.0.title": "x" * 21}, "21 characters"),
        ({"button.0.id": ""}, "Choose what a tap leads to"),
        ({"button.0.id": "nowhere_at_all"}, "leads nowhere"),
        ({"button.0.id": "support"}, "Another button leads to the same place"),
        ({"keywords": "hi, buy"}, "opens Product catalog already"),
        ({"keywords": "stop"}, "must always unsubscribe"),
        ({"keywords": "बंद करो"}, "must always unsubscribe"),
        ({"keywords": "Opt out!"}, "must always unsubscribe"),
        ({"keywords": "Forget me"}, "must always be a wish to be forgotten"),
        ({"keywords": "x" * 61}, "at most 60"),
        ({"header_kind": "text", "header": ""}, "The headline is empty"),
        ({"header_kind": "image", "header_link": "picture"}, "An address begins with https"),
        ({"is_active": ""}, "cannot do without"),
    ],
)
def test_what_is_wrong_is_said_and_not_published(asha, changes, said):
    draft = begin(asha)
    given = {**fields(asha, draft), **changes}
    if changes.get("is_active") == "":
        del given["is_active"]
    answer = asha.sends(f"{draft}/publish", **given)
    assert answer.status_code == 422
    assert said in answer.text
    with session() as opened:
        assert opened.scalars(select(WorkflowTemplateVersion.version)).all() == [1, 1, 1]


def test_what_is_odd_is_said_and_published_all_the_same(asha):
    draft = begin(asha)
    save(asha, draft, keywords="chai")
    assert "also means Tea" in asha.sees(draft)
    assert publish(asha, draft).status_code == 303


def test_what_nobody_reaches_any_more_is_said(asha):
    new_menu(asha, "more_help")
    publish(asha, begin(asha), **{"button.2.id": "more_help"})
    draft = begin(asha)
    save(asha, draft, **{"button.2.id": "support"})
    assert "After this nobody gets to More help any more" in asha.sees(draft)
    assert publish(asha, draft).status_code == 303
    assert "Nobody gets here" in asha.sees("/menus/more_help")


def new_menu(owner, name):
    draft = owner.sends("/menus/drafts", kind="button").headers["Location"]
    filled = {"name": name, "body": "Hi", "button.0.title": "A", "button.0.id": "support"}
    assert publish(owner, draft, **filled).status_code == 303


def test_a_new_menu_from_its_name_to_its_first_tap(asha):
    draft = asha.sends("/menus/drafts", kind="list").headers["Location"]
    asha.sends(draft, **{**fields(asha, draft), "section.0.row.0.id": "coffee", "do": "target"})
    row = {"section.0.row.0.title": "Coffee", "section.0.row.0.description": "₹120 - Hot & Cold"}
    shown = fields(asha, draft)
    assert {key: shown[key].replace("&amp;", "&") for key in row} == row
    filled = {"name": "weekend", "body": "Only today", "list_button": "Look", **row}
    assert "Nobody gets here" in publish_page(asha, draft, filled)
    assert publish(asha, draft, **filled, keywords="weekend").status_code == 303
    assert live("weekend")["action"]["sections"][0]["rows"][0]["id"] == "coffee"
    assert "weekend" in asha.sees("/menus")
    assert "weekend" in asha.sees("/menus/map")


def publish_page(owner, draft, filled):
    save(owner, draft, **filled)
    return owner.sees(draft)


@pytest.mark.parametrize(
    "name", ["", "9 for 1", "Coffee", "track_order", "main_menu", "supp_other"]
)
def test_a_menus_name_means_one_thing(asha, name):
    draft = asha.sends("/menus/drafts", kind="button").headers["Location"]
    answer = publish(
        asha, draft, **{"name": name, "body": "Hi", "button.0.title": "A", "button.0.id": "tea"}
    )
    assert answer.status_code == 422
    assert 'data-path="name"' in answer.text


def test_a_menu_that_others_lead_to_cannot_go(asha):
    new_menu(asha, "more_help")
    publish(asha, begin(asha), **{"button.2.id": "more_help"})
    draft = begin(asha, "more_help")
    given = fields(asha, draft)
    del given["is_active"]
    answer = asha.sends(f"{draft}/publish", **given)
    assert answer.status_code == 422
    assert "Main menu has an option that leads here" in answer.text


def test_an_old_version_comes_back_in_two_clicks(asha):
    publish(asha, begin(asha), body="Namaste!")
    publish(asha, begin(asha), body="Vanakkam!")
    page = asha.sees("/menus/main_menu")
    links = re.findall(r'href="(/menus/versions/\d+)"', page)
    assert len(links) == 2
    shown = asha.sees(links[0])
    assert "“Vanakkam!” → “Namaste!”" in shown
    assert asha.sends(links[0]).headers["Location"] == "/menus/main_menu"
    assert live("main_menu")["body"]["text"] == "Namaste!"
    with session() as opened:
        kept = drafts.list_versions(opened, "main_menu")
        assert [version.version for version in kept] == [4, 3, 2, 1]
        assert kept[0].changed_by == "Asha"


def test_a_deleted_menu_comes_back(asha):
    with session() as opened:
        opened.execute(text("DELETE FROM workflow_templates WHERE template_name = 'support_menu'"))
    page = asha.sees("/menus/support_menu")
    assert "was deleted" in page
    version = re.findall(r'href="(/menus/versions/\d+)"', page)[-1]
    assert asha.sends(version).status_code == 303
    assert live("support_menu")


def test_a_version_that_is_wrong_now_does_not_come_back(asha, session):
    publish(asha, begin(asha), **{"button.0.id": "juice"})
    publish(asha, begin(asha), **{"button.0.id": "track_order"})
    session.execute(text("DELETE FROM products WHERE sku = 'juice'"))
    session.commit()
    version = session.scalars(
        select(WorkflowTemplateVersion.id).where(WorkflowTemplateVersion.version == 2)
    ).one()
    answer = asha.sends(f"/menus/versions/{version}")
    assert answer.status_code == 422
    assert "leads nowhere" in answer.text


def test_two_editors_do_not_overwrite_each_other(asha, hire):
    meera = hire("Meera", "owner")
    draft = begin(asha)
    stale = fields(meera, draft)
    save(asha, draft, body="From Asha")
    answer = meera.sends(draft, **{**stale, "body": "From Meera"})
    assert answer.status_code == 409
    assert "Asha" in answer.text
    assert "From Asha" in asha.sees(draft)


def test_a_menu_that_was_changed_meanwhile_is_not_replaced_unseen(asha, engine):
    draft = begin(asha)
    stale = {**fields(asha, draft), "body": "Namaste!"}
    with session() as opened:
        opened.execute(
            update(WorkflowTemplate)
            .where(WorkflowTemplate.template_name == "main_menu")
            .values(trigger_keywords=["hi"])
        )
    refused = asha.sends(f"{draft}/publish", **stale)
    assert refused.status_code == 422
    # What was refused is not kept either; what is typed now is about the new version.
    asha.sends(draft, **stale)
    assert "published version 2 since you began" in asha.sees(draft)
    assert publish(asha, draft, replace="2").status_code == 303
    assert live("main_menu")["body"]["text"] == "Namaste!"


def test_a_menu_that_came_later_keeps_nobody_from_publishing(asha, engine):
    with session() as opened:
        opened.execute(
            update(WorkflowTemplate)
            .where(WorkflowTemplate.template_name == "product_catalog")
            .values(trigger_keywords=["hi", "buy"], created_at=func.now() + timedelta(days=1))
        )
    assert publish(asha, begin(asha), body="Namaste!").status_code == 303
    draft = begin(asha, "product_catalog")
    assert publish(asha, draft).status_code == 422
    assert "opens Main menu already" in asha.sees(draft)


def test_only_owners_edit_menus(ravi):
    for path in ("/menus", "/menus/map", "/menus/main_menu"):
        assert ravi.gets(path).status_code == 403
    assert ravi.sends("/menus/main_menu/edit").status_code == 403
    assert ravi.sends("/menus/drafts", kind="list").status_code == 403


@pytest.mark.parametrize(
    "structure",
    [
        {},
        {"type": "button", "action": {"buttons": [None, {"reply": []}, 3]}},
        {"type": "list", "action": {"sections": [{"rows": "x"}, None, {"rows": [1]}]}, "body": 3},
        {"type": "flow", "action": None, "header": {"type": "image"}},
        {"type": "cta_url", "body": {"text": "x"}, "action": {"name": "cta_url"}},
        {"type": ["button"], "footer": [], "header": {"type": "document", "document": {"id": "1"}}},
    ],
)
def test_menus_written_by_hand_are_shown_and_can_be_mended(asha, engine, structure):
    with session() as opened:
        opened.add(
            WorkflowTemplate(
                template_name="by_hand", template_type="button", menu_structure=structure
            )
        )
    for path in ("/menus", "/menus/map", "/menus/by_hand"):
        assert "by_hand" in asha.sees(path)
    draft = begin(asha, "by_hand")
    asha.sends(draft, **{**fields(asha, draft), "do": "kind:button"})
    asha.sends(draft, **{**fields(asha, draft), "do": "kind:list"})
    asha.sends(draft, **{**fields(asha, draft), "do": "kind:button"})
    filled = {"body": "Hi", "header_kind": "none", "footer": "", "button.0.title": "Tea"}
    given = {k: v for k, v in fields(asha, draft).items() if not k.startswith("button.")}
    given |= {**filled, "button.0.id": "tea"}
    assert asha.sends(f"{draft}/publish", **given).status_code == 303


def test_more_rows_than_whatsapp_takes_are_dealt_out(asha, engine):
    with session() as opened:
        for number in range(12):
            opened.add(Product(sku=f"p{number}", name=f"P {number}", price=1))
        catalogue = opened.scalars(
            select(WorkflowTemplate).where(WorkflowTemplate.template_name == "product_catalog")
        ).one()
        structure = copy.deepcopy(catalogue.menu_structure)
        rows = [{"id": f"p{n}", "title": f"P {n}"} for n in range(12)]
        structure["action"]["sections"] = [{"title": "All", "rows": rows}]
        catalogue.menu_structure = structure
    draft = begin(asha, "product_catalog")
    assert "WhatsApp shows 10 rows at once" in asha.sees(draft)
    assert publish(asha, draft, body="All of it").status_code == 303
    shown = live("product_catalog")
    for body in bubbles.build_bodies([Bubble(interactive=shown, more="product_catalog")]):
        check_interactive(Node(body["interactive"], "interactive"))


def test_every_published_menu_of_the_seeds_is_without_findings(session):
    for menu in session.scalars(select(WorkflowTemplate)):
        assert review_menu(session, menu) == []


def test_sold_out_products_are_hinted_at(asha):
    asha.sends("/products/tea/available", available="no")
    page = asha.sees("/menus/product_catalog")
    assert "Tea is sold out and not shown" in page
    assert "Masala Chai" not in page[page.index('class="phone"') :]


def test_a_price_that_is_written_otherwise_is_explained(asha):
    with session() as opened:
        product_editing.find_product(opened, "coffee").price = 130
    hint = "Customers see “₹130 - Hot & Cold”: the price comes from Products."
    assert hint in html.unescape(asha.sees(begin(asha, "product_catalog")))
    assert "Customers see" not in asha.sees(begin(asha))


def test_a_product_that_no_menu_names_is_told_of(asha):
    asha.sends("/products", name="Dosa", price="90", category="Breakfast")
    live("product_catalog")
    assert '<span class="chip">Dosa</span>' in asha.sees("/menus")
    page = asha.sees("/menus/product_catalog")
    assert "Dosa ₹90" in page[: page.index('aria-label="Preview"')]
    assert "At the end, by the bot itself" in asha.sees(begin(asha, "product_catalog"))
    assert 'href="/menus/product_catalog">the catalogue' in asha.sees("/products/dosa")


def test_who_published_is_known_to_the_database(asha, session):
    publish(asha, begin(asha), body="Namaste!")
    owner = session.scalars(select(Staff)).one()
    latest = drafts.list_versions(session, "main_menu")[0]
    assert latest.changed_by == owner.name


def test_translations_follow_their_menu(asha):
    draft = begin(asha)
    save(asha, draft, **{"button.2.id": "talk_to_human", "button.2.title": "A person"})
    publish(asha, draft)
    with session() as opened:
        cache.menus_cache(opened).refresh()
        hindi = menu_shown.render_menu(opened, "main_menu", "hi")
    options = [button["reply"] for button in hindi["action"]["buttons"]]
    assert options[2] == {"id": "talk_to_human", "title": "A person"}
    assert options[0]["title"] == "ऑर्डर ट्रैक करें"


def test_the_words_of_a_language_are_edited_alone(asha):
    draft = begin(asha)
    page = asha.sees(f"{draft}?language=hi")
    assert "The words in Hindi" in page
    form = {"csrf": asha.csrf(), "language": "hi", "revision": "0", "button.0.title": "ट्रैक"}
    asha.sends(draft, **form, body="नमस्ते!")
    answer = asha.sends(f"{draft}/publish", **{**form, "revision": "1"}, body="नमस्ते!")
    assert answer.status_code == 303
    assert live("main_menu")["body"]["text"] == "Welcome! How can we help you today?"
    with session() as opened:
        hindi = menu_shown.render_menu(opened, "main_menu", "hi")
    assert hindi["body"]["text"] == "नमस्ते!"
    assert hindi["action"]["buttons"][0]["reply"] == {"id": "track_order", "title": "ट्रैक"}
    assert hindi["action"]["buttons"][1]["reply"]["title"] == "Place Order"
    assert "Hindi: Text: “" in asha.sees("/menus/main_menu")


def test_looking_at_another_kind_loses_no_button_and_no_translation(asha):
    draft = begin(asha)
    before = live("main_menu")
    for kind in ("list", "flow"):
        save(asha, draft, do=f"kind:{kind}")
    page = html.unescape(asha.sees(draft))
    assert "Kept in this draft until you publish: “Track Order”, “Place Order”" in html.unescape(
        page
    )
    save(asha, draft, flow_cta="Open")
    save(asha, draft, do="kind:button")
    assert publish(asha, draft, body="Namaste!").status_code == 303
    assert live("main_menu") == {**before, "body": {"text": "Namaste!"}}
    with session() as opened:
        hindi = menu_shown.render_menu(opened, "main_menu", "hi")
        kept = opened.scalars(select(WorkflowTemplate.menu_structure)).all()
    assert hindi["action"]["buttons"][0]["reply"]["title"] == "ऑर्डर ट्रैक करें"
    assert not any("flow" in str(structure) for structure in kept)


def test_a_translation_that_whatsapp_would_refuse_is_not_published(asha):
    draft = begin(asha)
    form = {"csrf": asha.csrf(), "language": "hi", "revision": "1"}
    answer = asha.sends(f"{draft}/publish", **form, **{"button.0.title": "x" * 21})
    assert answer.status_code == 422
    assert "Hindi: The button has 21 characters" in answer.text


def test_a_language_comes_and_goes(asha):
    draft = asha.sends("/menus/drafts", kind="button").headers["Location"]
    filled = {"name": "offers", "body": "Hi", "button.0.title": "Tea", "button.0.id": "tea"}
    answer = save(asha, draft, **filled, do="translate:hi")
    assert answer.headers["Location"].endswith("?language=hi")
    with session() as opened:
        kept = opened.scalars(select(MenuDraft)).one()
        assert kept.translations["hi"]["body"]["text"] == "Hi"
        revision = str(kept.revision)
    asha.sends(draft, language="hi", revision=revision, do="untranslate:hi")
    with session() as opened:
        assert opened.scalars(select(MenuDraft)).one().translations == {}
    assert asha.gets(f"{draft}?language=hi").status_code == 200


@pytest.mark.parametrize(
    "broken",
    ['{"type": "button", "body": {"text": ""}}', '"nonsense"', '{"type": "list", "action": []}'],
)
def test_a_menu_that_was_broken_by_hand_says_so(asha, broken):
    live("main_menu")
    with session() as opened:
        opened.execute(
            text(
                "UPDATE workflow_templates SET menu_structure = CAST(:broken AS jsonb)"
                " WHERE template_name = 'main_menu'"
            ),
            {"broken": broken},
        )
    assert live("main_menu")["body"]["text"].startswith("Welcome!")
    assert "not as it is written" in asha.sees("/menus")
    page = asha.sees("/menus/main_menu")
    assert "Customers do not see version 2 as it is written" in page
    assert "Track Order" in page[page.index('aria-label="Preview"') :]
    with session() as opened:
        reason = opened.scalar(select(MenuProblem.reason))
    assert reason in html.unescape(page)
    [first] = re.findall(r'href="(/menus/versions/\d+)"', page)
    asha.sends(first)
    live("main_menu")
    assert "not as it is written" not in asha.sees("/menus")


def marks(owner, draft):
    return owner.sees(f"{draft}?language=hi").count("The English was changed since.")


def test_what_is_changed_in_one_language_is_older_in_the_other(asha):
    publish(asha, begin(asha), body="Welcome back!")
    assert "Hindi is older" in asha.sees("/menus")
    assert "The texts in Hindi are older" in asha.sees("/menus/main_menu")
    draft = begin(asha)
    assert "Hindi · older" in asha.sees(draft)
    assert marks(asha, draft) == 1
    hindi = fields(asha, f"{draft}?language=hi")
    asha.sends(draft, **{**hindi, "body": "फिर से स्वागत है!"})
    publish(asha, draft)
    assert "is older" not in asha.sees("/menus")
    draft = begin(asha)
    hindi = fields(asha, f"{draft}?language=hi")
    asha.sends(draft, **{**hindi, "body": "नमस्ते!"})
    publish(asha, draft)
    assert "English is older" in asha.sees("/menus")
    asha.sends(draft, **fields(asha, draft), do="fits:en")
    assert "is older" not in asha.sees("/menus")
