"""Every page can be read and used by everybody: on a phone, magnified, by keyboard, in Hindi."""

import html
import re

from playwright.sync_api import expect

from storage.engine import session
from storage.models import Product, UserProfile
from tests.integration.console.every_page import addresses, fill_shop

EVIL = "<script>document.title='gone'</script><img src=x onerror=alert(1)>"
# A desk; the same magnified to 200 %; the narrowest that pages must fit on.
SIZES = [(1280, 800), (640, 400), (320, 640)]

CHECKS = """() => {
  const every = (what) => [...document.querySelectorAll(what)].filter((e) => e.checkVisibility());
  const named = (e) => e.textContent.trim() || e.ariaLabel || e.querySelector("[aria-label]");
  const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
  const wide = document.documentElement.scrollWidth;
  const h1 = every("h1");
  const levels = every("main h2, main h3, main h4").map((e) => Number(e.localName[1]));
  const oneLine = 1.5 * parseFloat(getComputedStyle(h1[0]).lineHeight);
  const isBroken = !h1[0].textContent.trim().includes(" ") && h1[0].offsetHeight > oneLine;
  const fields = every("input:not([type=hidden]), select, textarea");
  const lists = every("[role=list]").filter((e) => !e.querySelector("[role=listitem]"));
  const listed = every("[role=listitem]").filter((e) => /^(ARTICLE|SECTION)$/.test(e.tagName));
  const skips = levels.filter((level, place) => level > (levels[place - 1] || 1) + 1);
  const nested = every("[role=img]").filter((e) => e.querySelector("a, button"));
  return [
    ...(h1.length === 1 ? [] : ["not one h1"]),
    ...(isBroken ? [`a word in two lines: ${h1[0].textContent}`] : []),
    ...fields.filter((e) => !e.labels?.length && !e.ariaLabel).map((e) => `no label: ${e.name}`),
    ...every("button, a, summary").filter((e) => !named(e)).map((e) => `no name: ${e.outerHTML}`),
    ...every("img:not([alt])").map((e) => `no alt: ${e.src}`),
    ...ids.filter((id, place) => ids.indexOf(id) !== place).map((id) => `id twice: ${id}`),
    ...(wide > innerWidth ? [`wider than the screen: ${wide}`] : []),
    ...(document.title.includes("Counter") ? [] : [`title: ${document.title}`]),
    ...skips.map((level) => `a heading of level ${level} without one above it`),
    ...every("th").filter((e) => !named(e)).map(() => "a heading of a table that says nothing"),
    ...lists.map((e) => `a list of nothing: ${e.ariaLabel}`),
    ...listed.map((e) => `an ${e.localName} is no item of a list`),
    ...nested.map((e) => `a picture with links in it: ${e.ariaLabel}`),
  ];
}"""


def test_every_page_can_be_read_and_used_by_everybody(page):
    """Labels, names, one heading, nothing wider than the screen, no script from a customer."""
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    wrong = {}
    for path in addresses(fill_shop(EVIL, EVIL * 3)):
        page.goto(path)
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            if found := page.evaluate(CHECKS):
                wrong[path, width] = found
    assert wrong == {}
    assert dialogs == []


def test_nothing_is_offered_that_needs_a_script_where_there_is_none(chromium, console, asha):
    context = chromium.new_context(base_url=console, java_script_enabled=False)
    context.add_cookies(
        [{"name": name, "value": value, "url": console} for name, value in asha.cookies.items()]
    )
    page = context.new_page()
    for path in addresses(fill_shop("Meera", "Meera Iyer")):
        page.goto(path)
        assert page.locator("main").inner_text().strip(), path
        dead = page.locator("button[type=button]:not([popovertarget])")
        assert [one.inner_text() for one in dead.all() if one.is_visible()] == [], path
        unsent = page.locator("form:has(select):not(:has(button:not([type=button])))")
        assert unsent.count() == 0, path
    context.close()


# Names of things, what the shop itself has written (menus, products), and the bot's question that
# is in both languages for everybody.
NAMES = re.compile(
    r"WhatsApp|Meta|Counter|Meera|Iyer|Asha|Coffee|Google Sheets|Google Authenticator|CSV UTF-8"
    r"|masala tea|Excel|1Password|Aegis|Add to home screen|Asia/Kolkata|Weekend offers"
    r"|Table 4|JPEG|PNG|Which language would you like",
    re.IGNORECASE,
)
# Pages that quote what customers read in English, or whose words name columns and goods.
QUOTES = ("/going-live", "/products/start", "/products/import")


UNSEEN = re.compile(r"(?s)<(script|style|textarea|svg|option|head)\b.*?</\1>")
ENGLISH = re.compile(r"[a-z]{2,} [a-z]{2,}")


def test_every_page_speaks_hindi(asha):
    examples = fill_shop("Meera", "Meera Iyer")
    asha.sends("/account/language", language="hi")
    with session() as opened:
        for product in opened.query(Product):
            product.description, product.aliases = "", []
        # Replies at hand are offered in the customer's language.
        opened.query(UserProfile).update({"language": "hi"})
    english = {}
    for path in addresses(examples):
        if path.startswith(QUOTES):
            continue
        words = UNSEEN.sub(" ", asha.sees(path))
        words = re.sub(r'(?s)<(aside|div) [^>]*class="(?:bench-)?phone".*', " ", words)
        words = re.sub(r'(?s)<p lang="en">.*?</p>', " ", words)  # words of customers' texts
        labels = re.findall(r'(?:aria-label|placeholder|data-confirm|alt)="([^"]*)"', words)
        pieces = [html.unescape(one) for one in [*re.split(r"<[^>]*>", words), *labels]]
        found = {one.strip() for one in pieces if ENGLISH.search(NAMES.sub("", one))}
        if found:
            english[path] = found
    assert english == {}


def test_focus_stays_where_a_form_loads_the_page_anew(page):
    page.goto("/answers")
    save = page.locator("section[id^=answer]").first.get_by_role("button", name="Save")
    save.press("Enter")
    page.get_by_text("Saved.").wait_for()
    expect(save).to_be_focused()


def test_focus_goes_on_beside_what_was_taken_away(page):
    page.goto("/menus/main_menu")
    page.get_by_role("button", name="Edit").press("Enter")
    page.wait_for_url("**/menus/drafts/**")
    expect(page.locator("main")).to_be_focused()
    page.locator("#do-remove-button-2").press("Enter")
    expect(page.locator("#do-remove-button-1")).to_be_focused()


def test_a_product_is_moved_to_its_end_by_keyboard(page):
    page.goto("/products")
    names = page.locator(".ware h3")
    page.locator("#down-coffee").press("Enter")
    expect(names.nth(1)).to_contain_text("Coffee")
    expect(page.locator("#down-coffee")).to_be_focused()
    page.locator("#down-coffee").press("Enter")
    expect(names.nth(2)).to_contain_text("Coffee")
    expect(page.locator("#down-coffee")).to_be_disabled()
    expect(page.locator("#up-coffee")).to_be_focused()
