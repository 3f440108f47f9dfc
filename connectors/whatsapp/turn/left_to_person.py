"""While a customer waits for a person, the bot leaves unclear messages to that person."""

from connectors.decided import Parsed, decide_intent
from connectors.whatsapp.turn.turn import Turn
from shop.language.keyword_forms import normalise_keyword
from shop.language.word_files import read_patterns
from shop.steps import steps
from shop.support import tickets, waiting

LEFT = "for_a_person"
# Small talk, questions and complaints. Orders, tracking, menus, consent and taps want the bot.
_TALK = frozenset(
    {
        "nlu_fallback",
        "out_of_scope",
        "unreadable",
        "greet",
        "thank",
        "goodbye",
        "affirm",
        "deny",
        "wait",
        "later",
        "that_is_all",
        "none_of_these",
        "inform_quantity",
        "edit_order",
        "support",
        "support_delivery",
        "support_payment",
        "support_other",
        "talk_to_human",
        "complain",
        "faq_hours",
        "faq_delivery",
        "faq_location",
        "faq_payment",
        "faq_price",
        "faq_offers",
        "faq_ingredients",
        "faq_shop",
        "ask_total",
    }
)
# Questions that the shop's own data answers, whoever is awaited: of the shop, and of a product.
_FACTS = frozenset({"faq_hours", "faq_location"})
_FACTS_OF_PRODUCT = frozenset({"faq_price", "faq_ingredients"})
# Read here and not in nlu: "hello?" is a keyword of the menu's, which never comes to Rasa as words.
_CALLS = read_patterns("calls")["calls_out"]
# What cannot be read arrives as a command, too.
_UNREADABLE = "/unreadable"


def is_call(turn: Turn) -> bool:
    """Whether a customer typed "hello?", which is also a keyword of the menu."""
    typed = turn.claim.content if turn.claim.message_type == "text" else None
    return bool(typed and _CALLS.fullmatch(normalise_keyword(typed)))


def leave_to_person(turn: Turn, parsed: Parsed, text: str, *, was_tapped: bool) -> Parsed:
    """The parsed message, marked as meant for the awaited person if it is.

    was_tapped: whether the intent comes from a tap on "Did you mean".
    """
    is_said = text == _UNREADABLE or is_call(turn)
    is_command = was_tapped or (text.startswith("/") and not is_said)
    is_talk = parsed["intent"].get("name") in _TALK or is_call(turn)
    if is_command or not is_talk or "ticket" not in turn.start.open_matters:
        return parsed
    session, customer = turn.unit.session, turn.claim.customer_id
    if not waiting.has_conversation(session, customer, steps.WITH_A_PERSON.name):
        return parsed
    if is_sure_fact(parsed) or calls_first_person(turn, parsed):
        return parsed
    return decide_intent(parsed, LEFT, parsed["intent"])


def is_sure_fact(parsed: Parsed) -> bool:
    """Whether it is surely a question that needs no person: hours, a product's price."""
    # A keyword of the menu's comes without these.
    if parsed.get("understanding", {}).get("band") != "act":
        return False
    named = {entity["entity"] for entity in parsed.get("entities", [])}
    intent = parsed["intent"].get("name")
    return intent in _FACTS or (intent in _FACTS_OF_PRODUCT and "product" in named)


def calls_first_person(turn: Turn, parsed: Parsed) -> bool:
    """Whether the customer asks for a person while only a complaint waits: that calls one."""
    if parsed["intent"].get("name") != "talk_to_human":
        return False
    ticket = waiting.awaited_ticket(turn.unit.session, turn.claim.customer_id)
    return ticket is not None and ticket.category != tickets.PERSON
