"""The menu editor in a real browser, as a newcomer uses it."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from shop.menus import cache, shown
from storage.engine import session
from storage.models import MenuDraft


def body(name="main_menu"):
    with session() as opened:
        cache.menus_cache(opened).refresh()
        return shown.render_menu(opened, name)["body"]["text"]


@pytest.fixture
def editor(page):
    """The editor of the main menu."""
    page.goto("/orders")
    page.get_by_role("link", name="Menus").click()
    page.get_by_role("link", name="main_menu").click()
    page.get_by_role("button", name="Edit").click()
    page.locator("#editor").wait_for()
    page.wait_for_load_state()
    return page


def test_a_newcomer_publishes_and_goes_back(editor):
    editor.get_by_role("textbox", name="Text", exact=False).first.fill("*Namaste!* What now?")
    editor.locator(".wa-body b", has_text="Namaste!").wait_for()
    editor.get_by_text("What changes").wait_for()
    editor.get_by_role("button", name="Publish").click()
    editor.get_by_text("Main menu is live").wait_for()
    assert body() == "*Namaste!* What now?"
    editor.get_by_role("link", name="Go back to this").click()
    editor.get_by_role("button", name="Publish version 1 again").click()
    editor.get_by_text("as it was in version 1").wait_for()
    assert body() == "Welcome! How can we help you today?"


def test_limits_are_said_while_typing(editor):
    title = editor.get_by_role("textbox", name="Button 1")
    title.fill("x" * 21)
    assert editor.locator(".counter.over").inner_text() == "21 / 20"
    wrong = editor.locator("[data-wrong='button.0.title']")
    wrong.get_by_text("21 characters, WhatsApp takes 20").wait_for()
    assert editor.get_by_role("button", name="Publish").is_disabled()
    editor.locator(".finding", has_text="21 characters").click()
    expect(title).to_be_focused()
    title.fill("Track it")
    wrong.get_by_text("21 characters").wait_for(state="hidden")
    editor.locator(".wa-button", has_text="Track it").wait_for()
    assert editor.get_by_role("button", name="Publish").is_enabled()


def test_what_was_just_typed_is_published(editor):
    """Without waiting for the draft to be kept."""
    editor.get_by_role("textbox", name="Text", exact=False).first.fill("Namaste!")
    editor.wait_for_timeout(600)
    editor.get_by_role("textbox", name="Text", exact=False).first.fill("Vanakkam!")
    editor.get_by_role("button", name="Publish").click()
    editor.get_by_text("Main menu is live").wait_for()
    assert body() == "Vanakkam!"


def test_typing_into_a_slow_network_loses_nothing(editor):
    def late(route):
        editor.wait_for_timeout(700)
        route.continue_()

    editor.route("**/menus/drafts/*", late)
    field = editor.get_by_role("textbox", name="Text", exact=False).first
    field.fill("")
    field.type("One two three four five six seven", delay=40)
    editor.get_by_role("button", name="Add a button").is_disabled()
    editor.get_by_role("button", name="Remove button 3").click()
    editor.get_by_role("textbox", name="Button 3").wait_for(state="detached")
    editor.get_by_role("button", name="Publish").click()
    editor.get_by_text("Main menu is live").wait_for()
    assert body() == "One two three four five six seven"


def test_a_list_is_built_by_its_buttons(page):
    page.goto("/menus")
    page.get_by_text("New menu").click()
    page.get_by_role("button", name="List").click()
    page.get_by_role("textbox", name="Name").fill("drinks")
    page.get_by_role("textbox", name="Keywords").fill("drinks")
    page.get_by_role("textbox", name="Text", exact=False).first.fill("Thirsty?")
    page.get_by_role("combobox", name="Leads to").select_option("coffee")
    page.locator(".wa-row", has_text="Coffee").wait_for()
    assert page.get_by_role("textbox", name="Row 1").input_value() == "Coffee"
    page.get_by_role("button", name="Add a row").click()
    page.locator("[name='section.0.row.1.id']").select_option("tea")
    page.locator(".wa-row", has_text="Tea").wait_for()
    page.get_by_role("button", name="row 2 up").click()
    page.locator(".wa-row:has-text('Tea') + .wa-row:has-text('Coffee')").wait_for()
    page.get_by_role("button", name="Add a section").click()
    page.get_by_text("The section is empty").first.wait_for()
    page.get_by_role("button", name="Remove section 2").click()
    page.get_by_role("button", name="Publish").click()
    page.get_by_text("drinks is live").wait_for()
    assert body("drinks") == "Thirsty?"


def test_return_in_a_field_neither_publishes_nor_removes(editor):
    title = editor.get_by_role("textbox", name="Button 1")
    title.fill("Where is it?")
    title.press("Enter")
    editor.locator(".wa-button", has_text="Where is it?").wait_for()
    assert editor.locator(".option").count() == 3
    assert body() == "Welcome! How can we help you today?"


def test_a_headline_and_a_picture(editor):
    editor.get_by_role("combobox", name="Begins with").select_option("a headline")
    editor.get_by_role("textbox", name="Headline").fill("Asha’s")
    editor.locator(".wa-header", has_text="Asha’s").wait_for()
    editor.get_by_role("combobox", name="Begins with").select_option("a picture")
    editor.get_by_role("textbox", name="Address of the picture").fill("https://shop.example/a.png")
    editor.locator(".wa-media").wait_for()
    editor.get_by_text("Nothing to fix").wait_for()
    with session() as opened:
        draft = opened.scalars(select(MenuDraft)).one()
        assert draft.menu_structure["header"]["image"]["link"] == "https://shop.example/a.png"


def change_elsewhere():
    """A colleague changes the text of the draft."""
    with session() as opened:
        draft = opened.scalars(select(MenuDraft)).one()
        draft.menu_structure = {**draft.menu_structure, "body": {"text": "From Meera"}}
        draft.changed_by = "Meera"
        draft.revision += 1


def test_two_who_change_one_draft_see_both_and_choose(editor):
    first = editor.get_by_role("textbox", name="Button 1")
    first.fill("Mine")
    editor.locator(".wa-button", has_text="Mine").wait_for()
    change_elsewhere()
    first.fill("Still mine")
    editor.get_by_text("Meera has changed this menu meanwhile").wait_for()
    editor.locator(".conflict .wa-button", has_text="Still mine").wait_for()
    editor.locator(".conflict .wa-body", has_text="From Meera").wait_for()
    editor.get_by_role("button", name="Keep yours").click()
    editor.locator(".conflict").wait_for(state="detached")
    assert first.input_value() == "Still mine"
    editor.get_by_text("Welcome! How can we help you today?").first.wait_for()
    change_elsewhere()
    first.fill("Mine again")
    editor.get_by_role("link", name="Take Meera’s").click()
    editor.locator(".wa-body", has_text="From Meera").wait_for()
    assert editor.locator(".conflict").count() == 0


def test_an_editor_in_which_nothing_is_changed_leaves_no_draft(editor):
    first = editor.get_by_role("textbox", name="Button 1")
    before = first.input_value()
    editor.get_by_role("link", name="Back").click()
    editor.get_by_role("heading", name="Versions").wait_for()
    with session() as opened:
        assert opened.scalars(select(MenuDraft)).all() == []
    editor.get_by_role("button", name="Edit").click()
    first.fill("Another")
    editor.locator(".wa-button", has_text="Another").wait_for()
    first.fill(before)
    editor.locator(".wa-button", has_text=before).wait_for()
    editor.get_by_text("No change yet").wait_for()
    with session() as opened:
        assert opened.scalars(select(MenuDraft)).all() == []


def test_the_map_leads_to_menus(page):
    page.goto("/menus/map")
    page.locator("svg.map a", has_text="Product catalog").click()
    page.get_by_role("heading", name="product_catalog").wait_for()


def test_what_is_typed_while_the_form_changes_stays(editor):
    def late(route):
        editor.wait_for_timeout(500)
        route.continue_()

    editor.route("**/menus/drafts/*", late)
    editor.locator("[name='button.1.id']").select_option("coffee")
    editor.get_by_role("textbox", name="Keywords").fill("hi, namaste")
    editor.get_by_text("Keyword “namaste” added").wait_for()
    assert editor.get_by_role("textbox", name="Keywords").input_value() == "hi, namaste"
    editor.get_by_text(
        "“Place Order” leads to “Coffee”, no longer to “Order: shows the catalogue”"
    ).wait_for()


def test_a_menu_is_translated(editor):
    editor.get_by_role("button", name="Hindi").click()
    editor.get_by_text("The words in Hindi").wait_for()
    editor.locator(".wa-button", has_text="ऑर्डर ट्रैक करें").wait_for()
    editor.get_by_role("textbox", name="Button 1").fill("कहाँ है?")
    editor.locator(".wa-button", has_text="कहाँ है?").wait_for()
    editor.get_by_text("Hindi: “ऑर्डर ट्रैक करें” is now “कहाँ है?”").wait_for()
    editor.get_by_role("button", name="English").click()
    editor.get_by_role("textbox", name="Keywords").wait_for()
    editor.locator(".wa-button", has_text="Track Order").wait_for()
    editor.get_by_role("button", name="Publish").click()
    editor.get_by_text("Main menu is live").wait_for()


def test_a_new_menu_says_what_is_missing_as_one_goes(page):
    page.goto("/menus")
    page.get_by_text("New menu").click()
    page.get_by_role("button", name="Buttons").click()
    name = page.get_by_role("textbox", name="Name", exact=True)
    name.wait_for()
    expect(name).to_be_focused()
    assert page.locator(".finding:visible, .wrong:visible").count() == 0
    page.get_by_role("textbox", name="Text", exact=True).fill("Hungry?")
    page.locator("#wrong-name:visible").wait_for()
    assert page.locator(".wrong:visible").count() == 2  # the name, and that nobody gets here
    page.get_by_role("button", name="Publish").click()
    page.get_by_text("cannot be published").wait_for()
    assert page.locator("[id='wrong-button.0.title']").is_visible()
    name = page.get_by_role("textbox", name="Name", exact=True)
    name.fill("Weekend offers")
    page.get_by_role("textbox", name="Button 1", exact=True).fill("Tea")
    page.get_by_role("combobox", name="Leads to", exact=True).select_option("tea")
    page.get_by_text("is empty").first.wait_for(state="hidden")
    page.get_by_role("button", name="Publish").click()
    page.get_by_text("Weekend offers is live").wait_for()
    assert page.url.endswith("/menus/weekend_offers")


def test_publishing_is_at_hand_on_a_phone(editor):
    editor.set_viewport_size({"width": 390, "height": 844})
    editor.get_by_role("textbox", name="Text", exact=True).fill("Namaste!")
    editor.get_by_role("heading", name="What changes").wait_for()
    assert editor.evaluate("scrollY") == 0
    box = editor.get_by_role("button", name="Publish").bounding_box()
    bar = editor.get_by_role("navigation", name="Rooms").bounding_box()
    assert box["y"] + box["height"] <= bar["y"]
    editor.get_by_role("button", name="Publish").click()
    editor.get_by_text("Main menu is live").wait_for()


def test_the_list_of_kinds_closes_as_a_menu_does(page):
    page.goto("/menus")
    kinds = page.get_by_role("button", name="Opens a form")
    page.get_by_text("New menu").click()
    kinds.wait_for()
    page.keyboard.press("Escape")
    kinds.wait_for(state="hidden")
    page.get_by_text("New menu").click()
    kinds.wait_for()
    page.get_by_role("heading", name="Menus").click()
    kinds.wait_for(state="hidden")
