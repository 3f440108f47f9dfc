"""The catalogue as the database has it, read in the background."""

import threading
from functools import cache

from nlu.background_reader import BackgroundReader, Connection, shop_reader
from nlu.catalogue.catalogue import Catalogue
from nlu.catalogue.option_names import NamedOption
from nlu.catalogue.product_names import Product
from storage import seeds

# A translated name is one more word for the product.
_PRODUCTS = """
    SELECT sku, name, aliases || ARRAY(
            SELECT said.value ->> 'name' FROM jsonb_each(translations) AS said
            WHERE jsonb_typeof(said.value) = 'object' AND said.value ->> 'name' <> ''
        ), emoji, category, description
    FROM products ORDER BY position, name, sku
"""
_OPTIONS = """
    SELECT options.id, options.name, options.aliases,
        array_agg(placed.sku ORDER BY placed.position, placed.sku),
        CASE WHEN option_groups.maximum = 1 THEN options.group_id ELSE 0 END
    FROM options JOIN product_option_groups AS placed USING (group_id)
    JOIN option_groups ON option_groups.id = options.group_id
    GROUP BY options.id, option_groups.maximum ORDER BY options.position, options.id
"""

_kept_to_seeds = threading.Event()


@cache
def seed_catalogue() -> Catalogue:
    """The catalogue of a new shop, for when no database is at hand."""
    return Catalogue(
        tuple(
            Product(seed.sku, seed.name, tuple(seed.aliases), seed.emoji)
            for seed in seeds.seed_products()
        ),
        described=frozenset(
            text for seed in seeds.seed_products() for text in (seed.category, seed.description)
        ),
    )


class LiveCatalogue:
    """Holds the last catalogue read, also while the database is away.

    Sold-out products are included: the bot says that they are sold out.
    """

    def __init__(self) -> None:
        self._current = seed_catalogue()
        self._current.prepare()

    def start(self, reader: BackgroundReader) -> None:
        """Starts reading; returns after the first read or a time limit."""
        reader.follow(("products", "options", "option_groups", "product_option_groups"), self._read)

    def current(self) -> Catalogue:
        """The products as of at most a few seconds ago; never blocks."""
        return self._current

    def _read(self, connection: Connection) -> None:
        products = connection.execute(_PRODUCTS).fetchall()
        options = connection.execute(_OPTIONS).fetchall()
        catalogue = Catalogue(
            tuple(Product(sku, name, tuple(a), emoji) for sku, name, a, emoji, *_ in products),
            tuple(
                NamedOption(id_, name, tuple(a), tuple(skus), group)
                for id_, name, a, skus, group in options
            ),
            frozenset(text for *_, category, said in products for text in (category, said)),
        )
        if catalogue != self._current:
            catalogue.prepare()
            self._current = catalogue


@cache
def live_catalogue() -> LiveCatalogue:
    """This process's reader, started when the first one asks for it."""
    live = LiveCatalogue()
    if reads_database():
        live.start(shop_reader())
    return live


def keep_to_seeds() -> None:
    """Makes this process use the seed catalogue only, for tests and evaluations."""
    _kept_to_seeds.set()


def reads_database() -> bool:
    """Whether this process reads what a shop has, and not the seeds alone."""
    return not _kept_to_seeds.is_set()
