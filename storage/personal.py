"""Lists every column that may identify a customer or hold a customer's words, media or address.

Retention (trays/retention.py) and erasure (shop/customers/personal_data.py) are written by hand and
must follow this list; tests fill each of these columns and check. A new column of text, JSON or
bytes must stand here or among the harmless ones, else tests/unit/storage/test_personal.py fails.
"""

from dataclasses import dataclass
from typing import Literal

# When a column's value goes by itself: with the messages after KEEP_MESSAGES_DAYS; when the
# conversation is over; or never, as long as the customer is known or the books are kept.
Kept = Literal["messages", "conversation", "customer", "books"]
# What an erasure does with it.
Erased = Literal["deleted", "emptied"]


@dataclass(frozen=True)
class Keeping:
    """How long a column's values are kept, and how an erasure removes them."""

    kept: Kept
    erased: Erased


_WITH_MESSAGES = Keeping("messages", "deleted")
_WITH_CUSTOMER = Keeping("customer", "deleted")
_WITH_CONVERSATION = Keeping("conversation", "deleted")
_BOOKS = Keeping("books", "emptied")

PERSONAL: dict[str, Keeping] = {
    "consents.cause": _WITH_CUSTOMER,  # WhatsApp's id of the message
    "consents.words": Keeping("messages", "deleted"),
    "conversation_state.context": _WITH_CONVERSATION,
    "conversation_state.phone_number": _WITH_CONVERSATION,
    "customer_addresses.postcode": _WITH_MESSAGES,
    "customer_addresses.text": _WITH_MESSAGES,
    "events.data": _WITH_MESSAGES,
    "events.sender_id": _WITH_MESSAGES,
    "kept_carts.cart": _WITH_CONVERSATION,
    "kept_carts.terms": _WITH_CONVERSATION,
    "media_files.content": _WITH_MESSAGES,
    "media_files.message_id": _WITH_MESSAGES,
    "orders.address": Keeping("messages", "emptied"),
    "orders.cancel_reason": Keeping("messages", "emptied"),
    "orders.cause_message_id": _BOOKS,  # WhatsApp's ids hold the phone number, in base64
    "orders.customer_phone": _BOOKS,
    "orders.notes": Keeping("messages", "emptied"),
    "orders.session": _BOOKS,
    "orders.table_number": Keeping("messages", "emptied"),
    "tickets.cause_message_id": _WITH_CUSTOMER,
    "tickets.customer_phone": _WITH_CUSTOMER,
    "tickets.description": Keeping("messages", "deleted"),
    "unclear_messages.taught": _WITH_MESSAGES,
    "tickets.outcome": Keeping("messages", "deleted"),
    "unclear_messages.text": _WITH_MESSAGES,
    "user_profiles.display_name": _WITH_CUSTOMER,
    "user_profiles.notes": _WITH_CUSTOMER,
    "user_profiles.profile_name": _WITH_CUSTOMER,
    "user_profiles.subscription_cause": _WITH_CUSTOMER,
    "user_profiles.tags": _WITH_CUSTOMER,
    "user_profiles.user_id": _WITH_CUSTOMER,
    "user_profiles.whatsapp_phone": _WITH_CUSTOMER,
    "whatsapp_messages.content": _WITH_MESSAGES,
    "whatsapp_messages.context_id": _WITH_MESSAGES,
    "whatsapp_messages.failure_reason": _WITH_MESSAGES,
    "whatsapp_messages.from_phone": _WITH_MESSAGES,
    "whatsapp_messages.media_url": _WITH_MESSAGES,
    "whatsapp_messages.message_id": _WITH_MESSAGES,
    "whatsapp_messages.payload": _WITH_MESSAGES,
    "whatsapp_messages.said_in": _WITH_MESSAGES,
    "whatsapp_messages.to_phone": _WITH_MESSAGES,
    "audit_log.subject": Keeping("books", "emptied"),  # a customer's id, nothing more
}

# Tables that know no customers: the shop's own words, staff, figures.
HARMLESS_TABLES = {
    "account_notices",  # what Meta says of our own number
    "account_states",  # our own number
    "alerts",  # numbers of orders and tickets, words of ours
    "canned_replies",  # the shop's own words
    "categories",
    "delivery_zones",
    "erasures",  # names of tables and counts
    "faq_answers",
    "day_figures",
    "figure_days",
    "figures",
    "figure_slots",
    "kept_pictures",  # of products
    "login_attempts",
    "login_places",
    "menu_drafts",
    "menu_problems",
    "older_texts",  # names of the shop's own texts
    "message_templates",  # the shop's own words, at Meta
    "notice_templates",
    "online_steps",
    "opening_exceptions",
    "opening_hours",
    "option_groups",
    "options",
    "order_notices",  # numbers of orders, and reasons of ours
    "order_sightings",
    "pauses",  # our own number
    "product_option_groups",
    "products",
    "push_devices",  # phones of staff
    "push_keys",
    "response_texts",  # the shop's own words
    "seeds_applied",
    "shop_settings",  # the shop's own name and phone
    "shortages",  # numbers and items of orders
    "staff",
    "staff_links",
    "staff_sessions",
    "ticket_assignments",
    "uploaded_pictures",  # of products
    "waiting_sightings",  # names of staff
    "workflow_template_versions",
    "workflow_templates",
}

# Columns of other tables with words of ours: states, kinds, numbers of orders and tickets.
HARMLESS = {
    "consents.topic",
    "consents.way",
    "audit_log.action",
    "audit_log.details",
    "audit_log.staff_name",
    "conversation_state.conversation_flow",
    "conversation_state.current_step",
    "events.action_name",
    "events.intent_name",
    "events.type_name",
    "lanes.direction",
    "media_files.media_type",
    "media_files.problem",
    "orders.fulfilment",
    "orders.items",
    "orders.order_id",
    "orders.status",
    "orders.stock_taken",
    "tickets.category",
    "tickets.order_id",
    "tickets.status",
    "tickets.ticket_id",
    "unclear_messages.guess",
    "unclear_messages.meant",
    "user_profiles.customer_tier",
    "user_profiles.handed_over_to",
    "user_profiles.language",
    "user_profiles.subscription",
    "whatsapp_messages.direction",
    "whatsapp_messages.media_type",
    "whatsapp_messages.message_type",
    "whatsapp_messages.price_category",
    "whatsapp_messages.status",
    "whatsapp_messages.written_by",
}
