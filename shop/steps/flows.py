"""The flows: the journeys that steps belong to."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Flow:
    """A journey."""

    name: str
    # The open question is about these intents already, so "Did you mean" does not offer them.
    is_about: frozenset[str] = frozenset()


NO_FLOW = Flow("")
MAIN_MENU = Flow("main_menu")
NEW_ORDER = Flow(
    "new_order", frozenset({"new_order", "edit_order", "confirm_order", "cancel_order"})
)
ORDER_TRACKING = Flow("order_tracking", frozenset({"track_order", "cancel_order"}))
SUPPORT = Flow(
    "support", frozenset({"support", "support_delivery", "support_payment", "support_other"})
)
