"""Reads the catalogue from the database in the background, so that no message waits for it."""

import logging
import threading
from functools import cache
from typing import Any

import psycopg

import settings
from nlu.catalogue.catalogue import Catalogue
from nlu.catalogue.option_names import NamedOption
from nlu.catalogue.product_names import Product
from nlu.database import url_at_hand
from storage import seeds

SECONDS_BETWEEN_READS = 3.0
_SECONDS_TO_CONNECT = 5
_MILLISECONDS_TO_QUERY = 2000
_SECONDS_FOR_THE_FIRST = 1.0
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
        array_agg(placed.sku ORDER BY placed.position, placed.sku)
    FROM options JOIN product_option_groups AS placed USING (group_id)
    GROUP BY options.id ORDER BY options.position, options.id
"""

_kept_to_seeds = threading.Event()

logger = logging.getLogger(__name__)


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
        self._tried = threading.Event()
        self._connection: psycopg.Connection | None = None

    def start(self) -> None:
        """Starts reading; returns after the first read or a time limit."""
        threading.Thread(target=self._keep_reading, name="catalogue", daemon=True).start()
        self._tried.wait(_SECONDS_FOR_THE_FIRST)

    def current(self) -> Catalogue:
        """The products as of at most a few seconds ago; never blocks."""
        return self._current

    def _keep_reading(self) -> None:
        pause = threading.Event()
        while True:
            try:
                self._read()
            except (psycopg.Error, OSError, settings.SettingsError) as error:
                logger.debug("The catalogue could not be read: %s", type(error).__name__)
                self._close()
            self._tried.set()
            pause.wait(SECONDS_BETWEEN_READS)

    def _read(self) -> None:
        try:
            rows = self._rows()
        except psycopg.OperationalError:  # it was restarted, perhaps, and is there again
            self._close()
            rows = self._rows()
        if rows is None:
            return
        catalogue = Catalogue(
            tuple(Product(sku, name, tuple(a), emoji) for sku, name, a, emoji, *_ in rows[0]),
            tuple(NamedOption(id_, name, tuple(a), tuple(skus)) for id_, name, a, skus in rows[1]),
            frozenset(text for *_, category, said in rows[0] for text in (category, said)),
        )
        if catalogue != self._current:
            catalogue.prepare()
            self._current = catalogue

    def _rows(self) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]] | None:
        """The rows of products and of options; None without a database."""
        self._connection = self._connection or _connect()
        if self._connection is None:
            return None
        products = self._connection.execute(_PRODUCTS).fetchall()
        return products, self._connection.execute(_OPTIONS).fetchall()

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


@cache
def live_catalogue() -> LiveCatalogue:
    """This process's reader, started when the first one asks for it."""
    live = LiveCatalogue()
    if reads_database():
        live.start()
    return live


def keep_to_seeds() -> None:
    """Makes this process use the seed catalogue only, for tests and evaluations."""
    _kept_to_seeds.set()


def reads_database() -> bool:
    """Whether this process reads what a shop has, and not the seeds alone."""
    return not _kept_to_seeds.is_set()


def _connect() -> psycopg.Connection | None:
    """A connection to the database; None if no database runs."""
    url = url_at_hand()
    if url is None:
        return None
    return psycopg.connect(
        url,
        autocommit=True,
        connect_timeout=_SECONDS_TO_CONNECT,
        options=f"-c statement_timeout={_MILLISECONDS_TO_QUERY}",
        application_name="catalogue",
    )
