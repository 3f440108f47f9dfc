"""Intents that count as a new wish while a step asks for free text."""

# Where words are asked for, these intents are no answer, whatever stands around them ...
WISHES = frozenset(
    {
        "greet",
        "show_menu",
        "start",
        "stop",
        "delete_data",
        "cancel_order",
        "goodbye",
        "talk_to_human",
        "change_language",
        "wait",
    }
)
# ... and these when the message is brief; a longer one is an answer, whatever else it says.
BRIEF_WISHES = frozenset(
    {
        "support",
        "track_ticket",
        "faq_hours",
        "faq_price",
        "faq_offers",
        "faq_ingredients",
        "thank",
        "affirm",
        "deny",
        "inform_quantity",
        "later",
        "that_is_all",
        "ask_total",
        "faq_shop",
    }
)
# What is asked about or changed beside a question for a place is none.
NO_PLACE = frozenset(
    {
        "choose_fulfilment",
        "choose_time",
        "choose_address",
        "inform_table",
        "confirm_order",
        "edit_order",
        "remove_item",
        "order_again",
        "support",
        "support_payment",
        "complain",
        "track_order",
        "track_ticket",
        "affirm",
        "deny",
        "none_of_these",
        "thank",
        "faq_hours",
        "faq_delivery",
        "faq_location",
        "faq_payment",
        "faq_price",
        "faq_ingredients",
        "faq_shop",
        "ask_total",
        "later",
        "that_is_all",
    }
)
