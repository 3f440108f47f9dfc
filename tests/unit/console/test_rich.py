"""WhatsApp's marks as the transcript shows them, and what they may cost."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console import wording
from console.inbox.reasons import failure_reason
from console.menus.rich import _rendered, render_rich_text
from tests.cpu import cpu_seconds, over_bound
from tests.unit.nlu.long_texts import LONG_TEXTS, LONGEST

SIGNS = (
    "*",
    "_",
    "~",
    "`",
    "```",
    "*a ",
    "*a",
    "* ",
    "_a*",
    "*_~",
    "```a ",
    "a*",
    "<",
    "&*",
    "*\n",
)
TEXTS = LONG_TEXTS | {sign: (sign * LONGEST)[:LONGEST] for sign in SIGNS}
SHORT = "Is *this* one _ready_? ~no~ https://shop.example"
# So many times as much may a letter cost; machines are noisy. What is quadratic takes hundreds.
GENEROUS = 30
FORMATTERS: dict[str, Callable[[str], object]] = {
    "rich": _rendered.__wrapped__,
    "reason": lambda text: failure_reason(text, "Meera", is_open=True),
    "phone": wording.format_phone,
    "said": wording.format_detail,
    "browser": wording.browser_name,
}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("*now*", "<b>now</b>"),
        ("_so_ and ~not~", "<i>so</i> and <s>not</s>"),
        ("```*code*```", "<code><b>*code*</b></code>".replace("*", "")),
        ("*a *a*", "<b>a *a</b>"),
        ("2*3*4 and 2 * 3 * 4", "2*3*4 and 2 * 3 * 4"),
        ("*over\nlines*", "*over<br>lines*"),
        ("**", "**"),
        ("*<b>*", "<b>&lt;b&gt;</b>"),
        ("see https://a.example/x now", "see <u>https://a.example/x</u> now"),
        (None, ""),
    ],
)
def test_marks_are_shown_as_on_the_phone(text: str | None, shown: str) -> None:
    assert render_rich_text(text) == shown


@given(st.text("a *_~`\n<&.", max_size=60))
@settings(max_examples=200)
def test_nothing_of_the_text_is_lost(text: str) -> None:
    """Without tags and marks both sides are the same letters."""
    shown = str(render_rich_text(text)).replace("<br>", "\n")
    for tag in ("b", "i", "s", "u", "code"):
        shown = shown.replace(f"<{tag}>", "").replace(f"</{tag}>", "")
    plain = shown.replace("&lt;", "<").replace("&amp;", "&")
    assert [one for one in plain if one not in "*_~`"] == [one for one in text if one not in "*_~`"]


@pytest.mark.parametrize("name", FORMATTERS)
def test_a_long_text_costs_no_more_by_letter(name: str) -> None:
    formatter = FORMATTERS[name]
    once = min(cpu_seconds(lambda: _rendered.__wrapped__(SHORT)) for _ in range(50))
    bound = GENEROUS * once * LONGEST / len(SHORT)
    over = over_bound(lambda text: cpu_seconds(lambda: formatter(text)), TEXTS, bound)
    assert over == {}
