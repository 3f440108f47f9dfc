"""Reads from a message how the cart changes."""

from collections.abc import Sequence
from dataclasses import replace

from actions.earlier_carts import cart_before
from actions.notes import notes_now
from actions.other_packs import as_other_pack
from actions.said_options import with_said_options, without_said_options
from actions.turn import Turn
from shop.carts.cart_changes import (
    Said,
    lines_after,
    merge_changes,
    note_lines,
    with_quantity,
)
from shop.carts.change_phrases import is_choice, loose_number, read_changes
from shop.carts.lines import RequestedLine, lines_of_items
from shop.carts.mentions import Mention
from shop.products.options import join_options


def list_changes(turn: Turn, before: list[RequestedLine]) -> list[Said]:
    """The changes for each product; a tap and a cart of WhatsApp's add products as they are."""
    if turn.is_tap or turn.kind == "order":
        return merge_changes(
            Said(requested.product, requested.quantity, "set")
            for requested in turn.requested_lines()
        )
    said = read_changes(turn.signs, before, mentions_products(turn, before))
    said = as_other_pack(turn, before, said)
    if not before and turn.entity("address"):
        said = [as_brought(one) for one in said]
    said = [each for one in said for each in as_made(turn, before, one)]
    noted = notes_now(turn, before)
    if not noted:
        return said
    # "the coffee without sugar", "make one coffee cold" change the cart's coffee, not its number.
    counted = {requested.product for requested in before if requested.quantity is not None}
    parts = {one.product: one.many for one in noted if one.many is not None}
    return [
        one
        for one in said
        if one.options
        or not (
            one.product in counted and (is_choice(one) or one.quantity == parts.get(one.product, 0))
        )
    ]


def as_brought(one: Said) -> Said:
    """The change, read as an order if nothing can be removed and there is an address beside it:
    "drop 2 coffees at flat 4" wants them delivered."""
    is_wanted = one.change == "remove" and one.quantity is not None
    return replace(one, change="set") if is_wanted else one


def as_made(turn: Turn, before: Sequence[RequestedLine], one: Said) -> list[Said]:
    """The changes with options, applied to lines of the cart: "add oat milk to the latte" adds no
    latte, "oat milk in one of the lattes" changes one of them."""
    there = [line for line in before if line.product == one.product]
    if not (there and one.options) or one.change not in ("add", "set"):
        return [one]
    part = turn.signs.first("part")
    whole = [line for line in there if part and (line.quantity or 0) >= (part.number or 1)]
    if part and whole and one.quantity == part.number:
        line = max(whole, key=lambda each: (each.quantity or 0) > (part.number or 1))
        options = join_options(line.options, one.options)
        gone = Said(one.product, one.quantity, "remove", line.note, line.options)
        return [gone, Said(one.product, one.quantity, "instead", line.note or one.note, options)]
    is_extra = one.change == "add" and one.quantity is None and is_put_in(turn, one.product)
    return [replace(one, change="set")] if is_extra else [one]


def is_put_in(turn: Turn, product: str) -> bool:
    """Whether options are added to a product on the cart: "add oat milk to the latte", "latte
    mein oat milk daal do"; "add an oat milk latte" wants one more."""
    entities = turn.tracker.latest_message.get("entities", [])
    named = next((e for e in entities if (e["entity"], e["value"]) == ("product", product)), None)
    group = named and named.get("group")
    options = [e for e in entities if e["entity"] == "option" and e.get("group") == group]
    if named is None or not options:
        return False
    first = min(options, key=lambda each: int(each["start"]))
    if first["start"] > named["start"]:
        return any(sign.start >= first["end"] for sign in turn.signs.named("added"))
    return bool(without_said_options(turn)[first["end"] : named["start"]].strip())


def changed_by(turn: Turn, before: list[RequestedLine], said: list[Said]) -> list[RequestedLine]:
    """The requested lines after the changes; a number without a product is the quantity of the open
    line, and notes go to the lines that they are about.
    """
    lines = before
    open_one = next((requested for requested in before if requested.quantity is None), None)
    if open_one and (number := loose_number(turn.signs, requested_changes(turn, before))):
        lines = with_quantity(before, open_one.key, number)
    elif open_one and said and not any(is_set(one, open_one) for one in said):
        # The quantity was asked again and the customer says something else: the old one counts.
        lines = with_quantity(before, open_one.key, number_before(turn, open_one))
    return noted_lines(turn, lines_after(lines, said), before, said)


def is_set(one: Said, line: RequestedLine) -> bool:
    """Whether the message says the quantity of this line's product."""
    return one.product == line.product and one.change == "set"


def number_before(turn: Turn, line: RequestedLine) -> int | None:
    """The quantity of a line before it was asked again; None if it is asked for the first time."""
    told = lines_of_items(cart_before(turn.tracker))
    return next((one.quantity for one in told if one.key == line.key), None)


def noted_lines(
    turn: Turn,
    lines: Sequence[RequestedLine],
    before: Sequence[RequestedLine] | None = None,
    said: Sequence[Said] = (),
) -> list[RequestedLine]:
    """The lines with the notes of this message that `said` does not hold already.

    before: the lines as the words found them; None: those of the open cart.
    """
    if turn.says("notes_dropped"):
        return [replace(line, note="") for line in lines]
    return note_lines(
        lines,
        [
            noted
            for noted in notes_now(turn, before)
            if not any(one.product == noted.product and noted.words in one.note for one in said)
        ],
    )


def mentions_products(turn: Turn, before: list[RequestedLine]) -> list[Mention]:
    """The products that nlu/said counts as ordered, and the others, which may be refused if there
    is a cart."""
    asked = requested_changes(turn, before)
    named = {one.product for one in asked}
    others = [
        Mention(sign.value, sign.start, sign.end, asked=False)
        for sign in (turn.signs.named("mentioned") if before else ())
        if sign.value and sign.value not in named
    ]
    apart = [one for one in others if all(one.end <= a.start or a.end <= one.start for a in asked)]
    return sorted([*asked, *apart], key=lambda one: one.start)


def requested_changes(turn: Turn, before: Sequence[RequestedLine]) -> list[Mention]:
    """The order's lines in the message, each from its first word to its last."""
    entities = turn.tracker.latest_message.get("entities", [])
    noted = [one for one in notes_now(turn, before) if one.many is None]
    found: list[Mention] = []
    count = 0
    for one in entities:
        if one["entity"] == "product":
            group = one.get("group")
            line = [each for each in entities if group and each.get("group") == group] or [one]
            number = next((e["value"] for e in line if e["entity"] == "quantity"), None)
            start, end = min(e["start"] for e in line), max(e["end"] for e in line)
            quantity = None if number is None else int(number)
            note = ", ".join(each.words for each in noted if each.mention == count)
            count += 1
            asked = RequestedLine(one["value"], quantity, note)
            found += [
                Mention(each.product, start, end, each.quantity, note=note, options=each.options)
                for each in with_said_options(turn, asked, line)
            ]
    return found
