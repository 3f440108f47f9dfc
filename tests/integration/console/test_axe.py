"""axe-core finds nothing on any page: at a desk and on a phone, light and dark."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT

from tests.integration.console.every_page import addresses, fill_shop

SIZES = {"desk": (1280, 800), "phone": (390, 844)}
# What the schemes differ in; all other rules are checked once a size.
COLOURS = {"runOnly": ["color-contrast"]}
VARIANTS: list[tuple[str, str, dict[str, Any]]] = [
    ("desk", "light", {}),
    ("desk", "dark", COLOURS),
    ("phone", "dark", {}),
    ("phone", "light", COLOURS),
]
FIND = """async (options) => {
  const more = { resultTypes: ["violations"], preload: false };
  const found = await axe.run(document, { ...options, ...more });
  return found.violations.flatMap(({ id, nodes }) => nodes.map((node) =>
    [id, node.target.join(" "), node.html.slice(0, 160), node.failureSummary].join(" | ")));
}"""


def find_by_axe(page: Any) -> list[str]:
    """What axe has against the page that is open, each with the size and the scheme."""
    page.evaluate(AXE_SCRIPT)
    found = []
    for size, scheme, options in VARIANTS:
        width, height = SIZES[size]
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        place = page.evaluate("location.pathname")
        found += [f"{place} {size} {scheme}: {one}" for one in page.evaluate(FIND, options)]
    return found


def test_axe_finds_nothing_on_any_page(page):
    found = []
    pages = addresses(fill_shop("Meera", "Meera Iyer, who sits at the window"))
    for path in (*pages, "/orders/kitchen?by=station"):
        page.goto(path)
        found += find_by_axe(page)
    assert not found, "\n".join(found)


def test_axe_finds_nothing_where_nobody_is_logged_in(chromium, console):
    context = chromium.new_context(base_url=console)
    page = context.new_page()
    page.goto("/login")
    assert find_by_axe(page) == []
    context.close()
