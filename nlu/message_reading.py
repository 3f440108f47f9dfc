"""Reads a message with the catalogue: its entities, and whether it consists of nothing else."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from nlu.catalogue.catalogue import Catalogue
from nlu.catalogue.name_finder import Mention
from nlu.catalogue.option_places import kinds_of_names
from nlu.catalogue.stand_ins import with_stand_ins
from nlu.fulfilment.fulfilment import Fulfilment, read_fulfilment
from nlu.message_alone import Alone, find_alone, find_options_alone
from nlu.named_goods import read_goods
from nlu.order.corrections import Kinds
from nlu.order.numbered_lists import find_list_numbers, without_list_numbers
from nlu.order.options.order_options import SaidOption, place_options
from nlu.order.order import ReadOrder
from nlu.order.order_entities import (
    Entity,
    entity_of,
    fulfilment_entities,
    option_entities,
    order_entities,
    order_id_entity,
    quantity_entities,
)
from nlu.order.order_ids import blot_out_order_ids, find_order_ids
from nlu.order.order_lines import read_order
from nlu.order.packs import with_packs
from nlu.order.recounts import with_pack_counts
from nlu.order.unsold.lacking_sizes import find_lacking_sizes
from nlu.order.unsold.listed_things import find_listed_things, joined_spans
from nlu.order.unsold.not_sold import find_not_sold, without_counts_of
from nlu.order.unsold.other_kinds import (
    find_other_kinds,
)
from nlu.order.unsold.vague_names import without_vague_numbers
from nlu.quantities.numbers import Number
from nlu.quantities.quantities import find_only_number, find_quantities
from nlu.search.other_wishes import find_other_wish
from nlu.words.blanks import squeeze_blanks
from nlu.words.pictures import count_pictures
from nlu.words.tokens import Token, split_tokens
from shop.language.reading_form import reading_form_with_places

_BLOT = "\ue000"  # no letter, digit or sign of any language
_BLOTS = re.compile("\ue000+|\ue001+|\ue002+")
_ANY_ORDER_ID = "ORD-12345"


@dataclass(frozen=True)
class Reading:
    """The entities of a message as Rasa's extractors write them, in the order of the text.

    tokens: the start and end of each word and sign.
    legible: the text for the classifier: misspelled products corrected, products that the training
    never saw replaced by known ones, and every order number by the same one.
    alone: the one kind of thing that the message consists of, courtesies aside.
    counted: whether a line has a number.

    Values of entities: `product` the sku, `quantity` a whole number, `order_id` "ORD-" and digits,
    `candidates` the skus that a line's name fits, `option` the id of an option, `not_sold` a thing
    that the shop does not sell, in the customer's words. Entities of one line share a `group`.
    """

    legible: str = ""
    entities: list[Entity] = field(default_factory=list)
    tokens: list[tuple[int, int]] = field(default_factory=list)
    alone: Alone | None = None
    counted: bool = False

    @property
    def signs(self) -> tuple[bool, bool]:
        """Inputs of the intent classifier: whether a product is named, and whether counted."""
        named = ("product", "candidates")
        return any(entity["entity"] in named for entity in self.entities), self.counted


def read_message(text: str, catalogue: Catalogue) -> Reading:
    """Reads a message with the current products.

    Products and numbers beyond the limits of `readable_words` are not read.
    """
    catalogue.prepare()
    plain, typed = reading_form_with_places(text)
    with_numbers, before = count_pictures(plain, catalogue.rows_of_pictures)
    squeezed, places = squeeze_blanks(with_numbers, before)
    reading = _searching(_read(squeezed, catalogue), squeezed, catalogue)
    entities = [
        {**each, "start": typed[places[each["start"]]][0], "end": typed[places[each["end"] - 1]][1]}
        for each in reading.entities
    ]
    tokens = [(typed[places[start]][0], typed[places[end - 1]][1]) for start, end in reading.tokens]
    return replace(reading, entities=entities, tokens=tokens)


def _searching(reading: Reading, text: str, catalogue: Catalogue) -> Reading:
    """The reading; as a search or a look at a product, if the message is one."""
    found = find_other_wish(text, reading.entities, catalogue.topics, is_counted=reading.counted)
    if found is None:
        return reading
    entity = entity_of(0, len(text.rstrip()), found.kind, found.value)
    kept = reading.entities if found.kind == "look" else []
    return replace(reading, entities=[*kept, entity], alone=found.kind)


def _read(text: str, catalogue: Catalogue) -> Reading:
    said = read_fulfilment(text, lambda: _find_products(text, catalogue))
    rest = said.blot_out(text)
    order_ids = find_order_ids(rest)
    tokens = split_tokens(blot_out_order_ids(rest, order_ids, _BLOT))
    goods = read_goods(tokens, catalogue)
    words, products, mentioned = goods.words, goods.products, goods.options
    kinds = kinds_of_names(products, mentioned)
    words, numbers, order = _read_lines(words, products, goods.vague, kinds)
    order = with_packs(order, goods.said_words, goods.packs, catalogue.pack_sizes)
    listed = find_listed_things(words, products, goods.vague, mentioned, order.lines)
    mentioned = [one for one in mentioned if not any(each.has(one.first) for each in listed)]
    numbers = [one for one in numbers if not any(each.has(one.first) for each in listed)]
    order, options = place_options(words, order, numbers, mentioned, goods.vague)
    if not (order_ids or order.lines) and (
        alone := _read_beside_products(text, tokens, words, order, options=options, said=said)
    ):
        return alone
    not_sold = find_not_sold(
        words, products, numbers, order, catalogue.words, described=catalogue.topics
    )
    order = with_pack_counts(without_counts_of(order, not_sold), goods.packs)
    lacking = find_lacking_sizes(goods.said_words, order.lines, catalogue.sized, mentioned)
    not_sold = sorted([*joined_spans(not_sold, listed), *lacking])
    other = find_other_kinds(words, order.lines, goods.behind, goods.bottles, catalogue.words)
    entities = [*map(order_id_entity, order_ids), *order_entities(tokens, order, goods.families)]
    entities += fulfilment_entities(said) + option_entities(tokens, options)
    entities += _named_beside(text, tokens, not_sold, other)
    return Reading(
        _legible(tokens, with_stand_ins(goods.spelled, _meant(products, order)), said),
        sorted(entities, key=lambda entity: int(entity["start"])),
        _places(tokens),
        find_alone(words, order_ids, [*products, *options], order)
        or (None if order.lines else said.alone),
        any(line.quantity is not None for line in order.lines),
    )


def _read_lines(
    words: Sequence[str], products: Sequence[Mention], vague: Sequence[Mention], kinds: Kinds
) -> tuple[list[str], list[Number], ReadOrder]:
    """The words without the numbers of a list, the other numbers, and the lines of the order."""
    list_numbers = find_list_numbers(words, products)
    words = without_list_numbers(words, list_numbers)
    numbers = find_quantities(words, products)
    numbers = without_vague_numbers(words, numbers, vague, products)
    return [*words], [*numbers], read_order(words, products, numbers, list_numbers, kinds)


def _read_beside_products(
    text: str,
    tokens: Sequence[Token],
    words: Sequence[str],
    order: ReadOrder,
    *,
    options: Sequence[SaidOption],
    said: Fulfilment,
) -> Reading | None:
    """The reading of a message without products that names options or only a number, else None."""
    if options:
        entities = [*option_entities(tokens, options), *fulfilment_entities(said)]
        entities += quantity_entities(tokens, order.loose) if order.loose else []
        entities.sort(key=lambda entity: int(entity["start"]))
        alone = find_options_alone(words, options) or said.alone
        return Reading(text, entities, _places(tokens), alone)
    if only := find_only_number(words):
        entities = [*fulfilment_entities(said), *quantity_entities(tokens, only)]
        return Reading(text, entities, _places(tokens), alone="number")
    return None


def _places(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """The start and end of each token that is not blank."""
    return [(token.start, token.end) for token in tokens if not token.text.isspace()]


def _meant(products: Sequence[Mention], order: ReadOrder) -> list[Mention]:
    """The products that are ordered, or whose name is not weak."""
    ordered = {line.product for line in order.lines}
    return [product for product in products if not product.weak or product in ordered]


def _named_beside(
    text: str,
    tokens: Sequence[Token],
    not_sold: Iterable[tuple[int, int]],
    kinds: Iterable[tuple[int, int] | None],
) -> Iterator[Entity]:
    """The entities of things that are not sold, and of lines that name another kind of a product.

    kinds: for each line the words of the other kind, or None.
    """
    for first, last in not_sold:
        start, end = tokens[first].start, tokens[last - 1].end
        yield entity_of(start, end, "not_sold", text[start:end])
    for group, kind in enumerate(kinds, start=1):
        if kind:
            start, end = tokens[kind[0]].start, tokens[kind[1] - 1].end
            yield {**entity_of(start, end, "other_kind", text[start:end]), "group": str(group)}


def _find_products(text: str, catalogue: Catalogue) -> list[tuple[int, int]]:
    """The characters of product names, also within names of places ("Coffee Board Layout")."""
    tokens = split_tokens(text)
    mentions = catalogue.look(tokens).mentions
    return [(tokens[each.first].start, tokens[each.last - 1].end) for each in mentions]


def _legible(tokens: Sequence[Token], spelled: Sequence[str], said: Fulfilment) -> str:
    text = "".join(word + token.blank for word, token in zip(spelled, tokens, strict=True))
    fulfilment = (blot.legible for blot in said.blots)
    return _BLOTS.sub(
        lambda blot: _ANY_ORDER_ID if blot[0][0] == _BLOT else next(fulfilment, ""), text
    )
