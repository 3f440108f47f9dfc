"""What the customer's words change on the slip."""

from actions.notes import notes_now
from actions.turn import Turn
from shop import catalogue
from shop.cart import Wish
from shop.edit_words import Mention, changes, is_choice, loose_number, mentioned
from shop.edits import Said, after, merged
from shop.notes import is_of_part


def said_of(turn: Turn, before: list[Wish]) -> list[Said]:
    """What was said of each product; a tap and a cart of WhatsApp's mean it as it stands."""
    if turn.is_tap or turn.kind == "order":
        return merged(Said(wish.product, wish.quantity, "set") for wish in turn.wishes())
    said = changes(turn.text, before, mentions(turn, before))
    notes = notes_now(turn)
    if not notes:
        return said
    # "the coffee without sugar", "make one coffee cold" speak of what is there, not of its number.
    counted = {wish.product for wish in before if wish.quantity is not None}
    parts = {sku for sku, words in notes.items() if is_of_part({sku: words})}
    return [
        one
        for one in said
        if not (one.product in counted and (is_choice(one) or one.product in parts))
    ]


def changed_by(turn: Turn, before: list[Wish], said: list[Said]) -> list[Wish]:
    """The wishes after what was said; a number beside it answers how many of the open one."""
    open_one = next((wish.product for wish in before if wish.quantity is None), None)
    if open_one and (number := loose_number(turn.typed, asked_for(turn))):
        before = after(before, [Said(open_one, number, "set")])
    return after(before, said)


def mentions(turn: Turn, before: list[Wish]) -> list[Mention]:
    """The products that the reading counts to the order, and those that it set aside, which may
    be refused where there is a slip."""
    asked = asked_for(turn)
    named = {one.product for one in asked}
    known = catalogue.names(turn.session) if before else {}
    others = [
        Mention(sku, *place, asked=False)
        for sku, names in known.items()
        if sku not in named and (place := mentioned(turn.typed, names))
    ]
    apart = [one for one in others if all(one.end <= a.start or a.end <= one.start for a in asked)]
    return sorted([*asked, *apart], key=lambda one: one.start)


def asked_for(turn: Turn) -> list[Mention]:
    """The lines of the order as the reading has them, each from its first word to its last."""
    entities = turn.tracker.latest_message.get("entities", [])
    found = []
    for one in entities:
        if one["entity"] == "product":
            group = one.get("group")
            line = [each for each in entities if group and each.get("group") == group] or [one]
            number = next((e["value"] for e in line if e["entity"] == "quantity"), None)
            start, end = min(e["start"] for e in line), max(e["end"] for e in line)
            quantity = None if number is None else int(number)
            found.append(Mention(one["value"], start, end, quantity))
    return found
