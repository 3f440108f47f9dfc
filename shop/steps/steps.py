"""Every step of a conversation, each defined once.

A new step is an entry here and in STEPS, its name among the values of domain.yml's slot `step`, the
words of its question and its hint in data/responses, and the rule that leads to it. Where the words
of a question take values, actions/questions.py has the function that asks it. A further question
while ordering is asked by `settle_terms` in actions/order_terms.py.
tests/unit/shop/steps/test_steps.py fails where one of these is missing.
"""

from shop.steps.flows import MAIN_MENU, NEW_ORDER, NO_FLOW, ORDER_TRACKING, SUPPORT
from shop.steps.step import Form, No, Question, Step, Yes
from shop.steps.wishes import BRIEF_WISHES, NO_PLACE, WISHES
from shop.taps import menu_names

# No journey is under way: there is no row in conversation_state.
NOWHERE = Step("", NO_FLOW, "Nothing is open", Yes.REOPENS_CART, No.ENDS)

MENU_SHOWN = Step("menu_shown", MAIN_MENU, "Was shown the menu", Yes.REOPENS_CART, No.ENDS)

CATEGORY_SELECTION = Step(
    "category_selection",
    NEW_ORDER,
    "Ordering, asked what they would like",
    Yes.GOES_ON,
    No.OFFERS_WAY_ON,
    Question("utter_no_menu", hint="utter_hint_product", menu=menu_names.CATALOGUE),
    shows=("cart", "terms"),
    has_whole_cart=True,
)
OPTIONS_INPUT = Step(
    "options_input",
    NEW_ORDER,
    "Ordering, asked for a size or another option",
    Yes.ASKS_AGAIN,
    No.LEAVES_LINE,
    Question("utter_ask_option", hint="utter_hint_choice", is_about_line=True),
    shows=("cart", "terms"),
)
QUANTITY_INPUT = Step(
    "quantity_input",
    NEW_ORDER,
    "Ordering, asked how many",
    Yes.ASKS_AGAIN,
    No.LEAVES_LINE,
    Question(
        "utter_ask_quantity",
        hint="utter_hint_quantity",
        form=Form("quantity_form", "quantity"),
        is_about_line=True,
    ),
    shows=("cart", "terms"),
)
FULFILMENT_CHOICE = Step(
    "fulfilment_choice",
    NEW_ORDER,
    "Ordering, asked how they would like to get it",
    Yes.ASKS_AGAIN,
    No.CHANGES_CART,
    Question("utter_ask_fulfilment", hint="utter_hint_choice", number_is_unclear=True),
    shows=("cart", "terms"),
    has_whole_cart=True,
)
ADDRESS_INPUT = Step(
    "address_input",
    NEW_ORDER,
    "Ordering, asked where it goes",
    Yes.ASKS_AGAIN,
    No.CHANGES_CART,
    Question(
        "utter_ask_address",
        hint="utter_hint_address",
        form=Form("address_form", "address"),
        number_is_unclear=True,
        interrupted_by=WISHES | NO_PLACE,
        interrupted_briefly_by=BRIEF_WISHES,
    ),
    shows=("cart", "terms"),
    has_whole_cart=True,
)
TABLE_INPUT = Step(
    "table_input",
    NEW_ORDER,
    "Ordering, asked for their table",
    Yes.ASKS_AGAIN,
    No.CHANGES_CART,
    Question(
        "utter_ask_table_number",
        hint="utter_hint_table",
        form=Form("table_form", "table_number"),
        number_is_unclear=True,
        interrupted_by=WISHES | NO_PLACE,
    ),
    shows=("cart", "terms"),
    has_whole_cart=True,
)
TIME_CHOICE = Step(
    "time_choice",
    NEW_ORDER,
    "Ordering, asked when they would like it",
    Yes.ASKS_AGAIN,
    No.CHANGES_CART,
    Question("utter_ask_time", hint="utter_hint_time", number_is_unclear=True),
    shows=("cart", "terms"),
    has_whole_cart=True,
)
CONFIRMATION = Step(
    "confirmation",
    NEW_ORDER,
    "Ordering, asked for their confirmation",
    Yes.PLACES_CART,
    No.CHANGES_CART,
    Question("utter_order_summary", hint="utter_hint_choice"),
    shows=("cart", "terms"),
    has_whole_cart=True,
)
EDITING = Step(
    "editing",
    NEW_ORDER,
    "Ordering, asked what to change",
    Yes.GOES_ON,
    No.GOES_ON,
    Question("utter_edit_choices", hint="utter_hint_choice"),
    shows=("cart", "terms"),
    has_whole_cart=True,
)

AWAITING_ORDER_ID = Step(
    "awaiting_order_id",
    ORDER_TRACKING,
    "Tracking an order, asked for its number",
    Yes.REOPENS_CART,
    No.LEAVES_TRACKING,
    Question(
        "utter_ask_order_id",
        hint="utter_hint_order_id",
        form=Form("order_tracking_form", "order_id"),
        number_is_unclear=True,
        interrupted_by=frozenset({"wait"}),
    ),
)
SHOWING_STATUS = Step(
    "showing_status",
    ORDER_TRACKING,
    "Tracking an order, was told how far it is",
    Yes.REOPENS_CART,
    No.ENDS,
    shows=("order_id",),
)
CANCELLING = Step(
    "cancelling",
    ORDER_TRACKING,
    "Cancelling an order, asked whether to",
    Yes.CANCELS_ORDER,
    No.KEEPS_ORDER,
    Question("utter_cancel_placed", hint="utter_hint_choice"),
    shows=("order_id",),
)

ISSUE_SELECTION = Step(
    "issue_selection",
    SUPPORT,
    "Getting support, asked what it is about",
    Yes.ASKS_AGAIN,
    No.LEAVES_JOURNEY,
    Question(
        "utter_which_issue",
        hint="utter_hint_choice",
        menu=menu_names.SUPPORT,
        number_is_unclear=True,
    ),
)
DESCRIBING_ISSUE = Step(
    "describing_issue",
    SUPPORT,
    "Getting support, asked what happened",
    Yes.ASKS_AGAIN,
    No.LEAVES_JOURNEY,
    Question(
        "utter_ask_description",
        hint="utter_hint_description",
        form=Form("support_form", "description"),
        number_is_unclear=True,
        interrupted_by=WISHES,
        interrupted_briefly_by=BRIEF_WISHES,
    ),
    shows=("issue",),
)
# Messages are left to a person, who has not taken over the conversation yet.
WITH_A_PERSON = Step("with_a_person", SUPPORT, "Waiting for one of you", Yes.REOPENS_CART, No.ENDS)

STEPS = {
    step.name: step
    for step in (
        MENU_SHOWN,
        CATEGORY_SELECTION,
        OPTIONS_INPUT,
        QUANTITY_INPUT,
        FULFILMENT_CHOICE,
        ADDRESS_INPUT,
        TABLE_INPUT,
        TIME_CHOICE,
        CONFIRMATION,
        EDITING,
        AWAITING_ORDER_ID,
        SHOWING_STATUS,
        CANCELLING,
        ISSUE_SELECTION,
        DESCRIBING_ISSUE,
        WITH_A_PERSON,
    )
}

# The slots of all steps; going to another step empties them.
SLOTS = tuple(
    dict.fromkeys(
        slot
        for step in STEPS.values()
        for slot in (*step.shows, *((step.question.form.slot,) if step.question.form else ()))
    )
)


def find_step(name: str | None) -> Step:
    """The step of this name; NOWHERE for an empty or unknown name."""
    return STEPS.get(name or "", NOWHERE)
