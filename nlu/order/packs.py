"""Reads which pack is meant, and how many: "atta 5 kg", "sugar 2 kg", "30 tablets of dolo"."""

from collections.abc import Container, Mapping, Sequence

from nlu.catalogue.name_finder import Mention
from nlu.catalogue.option_words import LARGEST, SMALLEST, size_words
from nlu.catalogue.pack_sizes import (
    FORMS,
    HOLDERS,
    MILLIGRAM,
    PIECE,
    PackSize,
    SaidSize,
    find_sizes,
)
from nlu.order.corrections import is_taken_back
from nlu.order.order import OrderLine, ReadOrder
from nlu.order.pack_owners import Pack, ReadPacks, find_owner, is_said
from nlu.quantities.numbers import Number
from nlu.words.small_words import word_set
from nlu.words.vocabulary import load_vocabulary

_JOINS = word_set("joins")
# Smaller packs are often ordered by their name: "3 idli" are 3 plates, not one and a half.
_FEWEST_OF_A_PACK = 4

Families = Mapping[Mention, tuple[str, ...]]
Sizes = Mapping[str, tuple[PackSize, ...]]


def read_packs(
    words: Sequence[str],
    products: Sequence[Mention],
    families: Families,
    sizes: Sizes,
    *,
    others: Mapping[str, tuple[str, ...]],
    names: Mapping[str, Container[str]],
) -> ReadPacks:
    """Reads the sizes that belong to products whose packs have a size of the same kind; `others`:
    all packs of each product that comes in several; `names`: the words of each product's name.

    Other numbers with a unit are left alone: "2 kg cake" if cakes have no sizes.
    """
    read = ReadPacks([*words], _without_forms(words, products), dict(families), {})
    if not sizes:
        return read
    typed = [*words]
    for said in find_sizes(words):
        words = read.words
        inside = next((one for one in read.products if _overlap(one, said)), None)
        mention = inside or find_owner(words, said, read, names)
        if mention is None:
            _take_again(read, said, others, sizes)
        if mention is None or is_said(read, mention, said):
            continue
        _take(read, mention, said, sizes)
        if inside and said.last > inside.last:
            _describe(read.words, inside.last, said.last)  # the "mg" of "crocin 500 mg"
        elif said.size.unit == MILLIGRAM:
            _describe(read.words, said.first, said.last)
    for mention in read.products:
        _describe_content(read.words, mention, sizes)
    for mention in [*read.families]:
        _take_size_word(read, mention, typed, sizes)
    return read


def _without_forms(words: Sequence[str], products: Sequence[Mention]) -> list[Mention]:
    """The products without forms that only count one named before: "becosules 20 capsules"."""
    return [
        one
        for at, one in enumerate(products)
        if not FORMS.issuperset(words[one.first : one.last])
        or all(one.sku != other.sku for other in products[:at])
    ]


def with_packs(order: ReadOrder, words: Sequence[str], read: ReadPacks, sizes: Sizes) -> ReadOrder:
    """The order with its sizes as quantities: how many packs each amounts to."""
    lines = [_with_pack(line, words, read.packs.get(line.product), sizes) for line in order.lines]
    return order._replace(lines=lines)


def _take(read: ReadPacks, mention: Mention, said: SaidSize, sizes: Sizes) -> None:
    """Assigns a size to a product, and narrows a family to the products that come in it."""
    family = read.families.get(mention, (mention.sku,))
    counts = {
        sku: many for sku in family if (many := _packs_of(said, sizes.get(sku, ()))) is not None
    }
    of_kind = [
        sku for sku in family if any(one.unit == said.size.unit for one in sizes.get(sku, ()))
    ]
    if not of_kind:
        return
    is_silent = said.is_held or said.size.unit == MILLIGRAM
    # The fewest whole packs: the largest pack that fits.
    fewest = min(counts.values(), default=None)
    fitting = tuple(sku for sku, many in counts.items() if many == fewest) or family
    is_one = fewest in (None, 1) and mention.first < said.first <= mention.last
    last = max(mention.last, said.last if is_one else 0)
    # A size counts: "1 kg moong" is one of the Moong Dal.
    meant = mention._replace(sku=fitting[0], last=last, weak=mention.weak and is_silent)
    read.products[read.products.index(mention)] = meant
    read.families.pop(mention, None)
    if len(fitting) > 1:
        read.families[meant] = fitting
    is_strength = said.size.unit == MILLIGRAM
    read.packs[meant] = Pack(said.first, said.last, None if is_silent else fewest, is_strength)
    if said.first >= mention.last or said.last <= mention.first:
        _describe(read.words, said.first, said.last)


def _take_again(
    read: ReadPacks, said: SaidSize, others: Mapping[str, tuple[str, ...]], sizes: Sizes
) -> None:
    """Reads a size without a name as one more pack of what is named before it: "toor dal 500 g 2
    packets and 1 kg one packet"."""
    before = [one for one in read.products if one.last <= said.first]
    last = before[-1] if before else None
    joined = said.first > 0 and read.words[said.first - 1] in _JOINS
    if last is None or last not in read.packs or said.is_held:
        return
    old = read.packs[last]
    if is_taken_back(read.words[old.last : said.first]) and old.many is not None:
        read.packs[last] = Pack(said.first, said.last, _packs_of(said, sizes.get(last.sku, ())))
        _describe(read.words, said.first, said.last)
    if not joined:
        return
    fitting = [sku for sku in others.get(last.sku, ()) if _packs_of(said, sizes.get(sku, ())) == 1]
    if len(fitting) == 1 and fitting[0] != last.sku:
        again = Mention(said.first, said.last, fitting[0], weak=False)
        read.products.insert(read.products.index(last) + 1, again)
        read.packs[again] = Pack(said.first, said.last, 1)


def _describe_content(words: list[str], mention: Mention, sizes: Sizes) -> None:
    """What a pack holds is no quantity: the 50 of "test strips 50 pack 1"."""
    at = mention.last
    many, holder, number = (*words[at : at + 3], "", "", "")[:3]
    is_content = any(
        each.is_held and many == str(each.amount) for each in sizes.get(mention.sku, ())
    )
    if is_content and holder in HOLDERS and number.isdigit():
        _describe(words, at, at + 2)


def _take_size_word(read: ReadPacks, mention: Mention, typed: Sequence[str], sizes: Sizes) -> None:
    """Narrows a family to its smallest or largest pack if a word beside it says so: "vicks small",
    "dettol badi bottle"."""
    packs = {sku: sizes[sku][0] for sku in read.families[mention] if len(sizes.get(sku, ())) == 1}
    is_comparable = len({size.unit for size in packs.values()}) == 1
    if len({*packs.values()}) < len(read.families[mention]) or not is_comparable:
        return
    for at in (mention.last, mention.first - 1, mention.first - 2):
        word = typed[at] if 0 <= at < len(typed) else ""
        if word in size_words(SMALLEST) | size_words(LARGEST):
            choose = min if word in size_words(SMALLEST) else max
            sku = choose(packs, key=lambda one: packs[one].amount)
            read.families.pop(mention)
            meant = mention._replace(sku=sku)
            read.products[read.products.index(mention)] = meant
            _describe(read.words, at, at + 1)
            return


def _packs_of(said: SaidSize, sizes: Sequence[PackSize]) -> int | None:
    """How many packs a size amounts to; None if that is no whole number."""
    for size in sizes:
        packs = said.size.amount / size.amount if size.unit == said.size.unit else 0
        if packs >= 1 and packs.denominator == 1:
            return int(packs)
    return None


def _with_pack(line: OrderLine, words: Sequence[str], pack: Pack | None, sizes: Sizes) -> OrderLine:
    number = line.quantity
    if pack is None:
        return _in_packs(line, words, sizes.get(line.product.sku, ()))
    if pack.many is None:
        return line
    if number is None or number.value is None:
        return line._replace(quantity=Number(pack.first, pack.last, pack.many))
    return line._replace(quantity=number._replace(value=number.value * pack.many))


def _in_packs(line: OrderLine, words: Sequence[str], sizes: Sequence[PackSize]) -> OrderLine:
    """The line with pieces converted to packs, rounded up.

    12 or 10 eggs are two of "Eggs (6 pcs)"; "12 trays of eggs" are twelve."""
    number = line.quantity
    pack = next((size for size in sizes if size.unit == PIECE), None)
    pieces = int(pack.amount) if pack else 1
    if pack is None or number is None or not number.value or pieces <= 1:
        return line
    is_short = pieces < _FEWEST_OF_A_PACK or number.value * 2 < pieces or not number.sure
    if number.value % pieces and (pack.is_held or is_short):
        return line
    first, last = sorted((*number[:2], line.product.first, line.product.last))[1:3]
    around = [*words[first:last], *words[number.last : number.last + 1]]
    is_held = not HOLDERS.isdisjoint(around)
    packs = -(-number.value // pieces)
    return line if is_held else line._replace(quantity=number._replace(value=packs))


def _overlap(mention: Mention, said: SaidSize) -> bool:
    return mention.first < said.last and said.first < mention.last


def _describe(words: list[str], first: int, last: int) -> None:
    """Replaces the words of a size by a word that only describes."""
    describing = min(load_vocabulary().descriptions)
    words[first:last] = [describing] * max(0, last - first)
