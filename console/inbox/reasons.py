"""Explains why WhatsApp refused a message, and whether another try may help.

What the codes mean: developers.facebook.com, "WhatsApp Cloud API error codes".
"""

import re
from dataclasses import dataclass

_CODE = re.compile(r"(?:^|\()(\d{1,6})\b")
WINDOW = 131047

# Troubles that may pass, so that another try can help.
_PASSES = {
    131026: "{name} could not be reached: not on WhatsApp just now, or with a WhatsApp too old",
    131053: "WhatsApp could not fetch the picture or file",
    131057: "our number was in maintenance at WhatsApp",
    131000: "WhatsApp had trouble of its own",
    131016: "WhatsApp had trouble of its own",
    131056: "too many messages went to {name} in a short time",
    130429: "our number sent too many messages in a short time",
    132001: "the template does not exist in this language",
    132015: "WhatsApp has paused the template: too many people complained of it",
    132016: "WhatsApp has switched the template off: too many people complained of it",
}
_STAYS = {
    130403: "{name} is blocked by our number",
    130472: "WhatsApp keeps such messages from some people, as an experiment",
    130497: "our number may not write to {name}'s country",
    131021: "this is our own number",
    131030: "{name} is not among the numbers that a test number may write to",
    131049: "WhatsApp held it back: {name} gets enough marketing",
    131050: "{name} wants no marketing from us",
    131051: "WhatsApp does not know this kind of message",
    131008: "the message lacks something that WhatsApp wants",
    131009: "something in the message has a value that WhatsApp does not take",
    100: "something in the message has a value that WhatsApp does not take",
    132000: "the template has another number of gaps than was filled in",
    132005: "the template with its gaps filled in is too long",
    132007: "the template's words break WhatsApp's rules",
    132012: "a gap of the template was filled in with something else than it wants",
    132018: "a gap of the template was filled in with something that it does not take",
}


@dataclass(frozen=True)
class Reason:
    """Why a message did not arrive; `helps`: whether another try may help."""

    words: str
    helps: bool


def failure_reason(kept: str | None, name: str, *, is_open: bool) -> Reason:
    """Explains a stored reason for staff.

    is_open: whether the 24-hour window is open now."""
    if not kept:
        return Reason("no reason known", helps=True)
    found = _CODE.search(kept)
    code = int(found[1]) if found else None
    if code == WINDOW:
        return _window(name, is_open=is_open)
    if code in _PASSES:
        return Reason(_PASSES[code].format(name=name), helps=True)
    if code in _STAYS:
        return Reason(_STAYS[code].format(name=name), helps=False)
    return Reason(kept, helps=True)


def _window(name: str, *, is_open: bool) -> Reason:
    passed = f"24 hours had passed since {name} last wrote"
    if is_open:
        return Reason(f"{passed}; they have written since", helps=True)
    return Reason(
        f"24 hours have passed since {name} last wrote; you can answer again once they write",
        helps=False,
    )
