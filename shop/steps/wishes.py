"""Intents that count as a new wish while a step asks for free text."""

# At a question for free text, these intents are never an answer ...
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
# ... and these are not one in a short message; a longer message is an answer.
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
# Questions and changes that are no answer to a question for an address.
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
