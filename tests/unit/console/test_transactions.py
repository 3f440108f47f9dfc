"""What happens around a view: pages are rendered late, and their faults are told apart."""

import pytest
from starlette.responses import RedirectResponse

from console.pages import Page
from console.refusals import Broken, DoneButBroken, Refused
from console.transactions import rendered

REFUSED = Refused(404, "Not here.")


def test_a_page_is_empty_until_it_is_rendered() -> None:
    page = Page("templates/refused.html", 404, refused=REFUSED)
    page.headers["X-Kept"] = "yes"
    assert page.body == b""
    assert rendered(page) is page
    assert b"Not here." in page.body
    assert page.headers["Content-Length"] == str(len(page.body))
    assert (page.status_code, page.headers["X-Kept"]) == (404, "yes")


def test_what_is_no_page_goes_as_it_is() -> None:
    response = RedirectResponse("/orders")
    assert rendered(response) is response


@pytest.mark.parametrize(("changed", "refusal"), [(False, Broken), (True, DoneButBroken)])
def test_a_broken_page_says_whether_the_change_was_made(
    changed: bool, refusal: type[Refused]
) -> None:
    with pytest.raises(refusal) as told:
        rendered(Page("templates/refused.html"), changed=changed)
    assert told.value.status == 500
    assert told.value.__cause__ is not None
