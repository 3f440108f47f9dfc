"""The console in a browser, for the journeys that look at it."""

from playwright.sync_api import Page

from tests.journeys.stack import CONSOLE_PASSWORD


def log_in(page: Page) -> None:
    """As the owner, to the board."""
    page.goto("/")
    page.get_by_label("Name").fill("owner")
    page.get_by_label("Password").fill(CONSOLE_PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("heading", name="Orders", exact=True).wait_for()
