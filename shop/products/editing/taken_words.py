"""The words that already mean a product or a menu, read once to check many products."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.language.keyword_forms import normalise_keyword
from shop.taps.menu_names import title_of_menu
from storage.models import Product, WorkflowTemplate

# A table is checked twice, for the preview and the import, so the same words come again.
normalise_word = lru_cache(16_384)(normalise_keyword)


class TakenWords:
    """Names, codes and other words of the products, and keywords of the menus.

    Several products may share another word: the bot asks which of them is meant.
    """

    def __init__(self, session: Session, products: Iterable[Product]) -> None:
        self._names: dict[str, dict[str, str]] = defaultdict(dict)
        self._aliases: dict[str, dict[str, str]] = defaultdict(dict)
        for product in products:
            self.add(product.sku, product.name, product.aliases)
        menus = session.scalars(select(WorkflowTemplate).where(WorkflowTemplate.is_active))
        self._menus = {
            normalise_word(word): title_of_menu(menu.template_name)
            for menu in menus
            for word in menu.trigger_keywords
        }

    def add(self, sku: str, name: str, aliases: Iterable[str] = ()) -> None:
        """Adds the words of one more product."""
        for word in (sku, name):
            self._names[normalise_word(word)][sku] = name
        for word in aliases:
            self._aliases[normalise_word(word)][sku] = name

    def namesake(self, name: str, sku: str) -> str | None:
        """The code of another product with this name."""
        known = self._names.get(normalise_word(name), {})
        others = (other for other, called in known.items() if other != sku)
        wanted = normalise_word(name)
        return next((one for one in others if normalise_word(known[one]) == wanted), None)

    def name_problem(self, name: str, sku: str) -> str | None:
        """Why a product cannot have this name."""
        other = self.namesake(name, sku)
        return f"There is a product “{name}” already; its code is {other}." if other else None

    def alias_problem(self, aliases: Sequence[str], sku: str) -> str | None:
        """Why a word cannot be another word for the product: it must not be another one's name."""
        for alias in aliases:
            word = normalise_word(alias)
            if other := _other(self._names.get(word, {}), sku):
                return f"“{alias}” already means {other}."
            if menu := self._menus.get(word):
                return f"“{alias}” already opens the menu “{menu}”."
        return None

    def shared(self, aliases: Sequence[str], sku: str) -> list[tuple[str, str]]:
        """The words that another product has as well, each with that one's name."""
        owners = ((alias, self._aliases.get(normalise_word(alias), {})) for alias in aliases)
        return [(alias, other) for alias, known in owners if (other := _other(known, sku))]


def _other(owners: dict[str, str], sku: str) -> str | None:
    return next((name for owner, name in owners.items() if owner != sku), None)
