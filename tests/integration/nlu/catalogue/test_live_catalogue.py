"""Products of the database are understood without training, and without a database as well."""

import threading
import time
from collections.abc import Callable, Iterable

import psycopg
import pytest

import settings
from nlu.background_reader import SECONDS_BETWEEN_READS, BackgroundReader
from nlu.catalogue.live_catalogue import LiveCatalogue, seed_catalogue
from nlu.catalogue.misspelled import KnownWords
from nlu.catalogue.product_names import Phrase
from nlu.message_reading import read_message

# Not a bound of ours: a busy machine takes its time.
PATIENCE = 60.0
MANY = 500


def skus(catalogue: LiveCatalogue, text: str) -> list[str]:
    return [
        entity["value"]
        for entity in read_message(text, catalogue.current()).entities
        if entity["entity"] == "product"
    ]


def until(happens: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + PATIENCE
    while not happens() and time.monotonic() < deadline:
        time.sleep(0.05)
    return happens()


def test_a_new_product_is_understood_within_five_seconds(database_url: str) -> None:
    """A busy machine may take longer: what is promised is how often the database is asked."""
    assert SECONDS_BETWEEN_READS <= 4
    catalogue = LiveCatalogue()
    catalogue.start(BackgroundReader("catalogue"))
    assert skus(catalogue, "two jalebis and a coffee") == ["coffee"]
    with psycopg.connect(database_url) as connection:
        connection.execute(
            "INSERT INTO products (sku, name, category, price, aliases)"
            " VALUES ('jalebi', 'Jalebi', 'Sweets', 50, '{imarti}')"
        )
    assert until(lambda: skus(catalogue, "two jalebis and an imarti") == ["jalebi", "jalebi"])


def test_what_has_not_changed_is_not_read_again(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One reader follows several tables; each is read for its own changes alone."""
    monkeypatch.setattr("nlu.background_reader.SECONDS_BETWEEN_READS", 0.1)
    products, answers = [], []
    reader = BackgroundReader("two parts")
    reader.follow(["products"], lambda _: products.append(1))
    reader.follow(["faq_answers", "options"], lambda _: answers.append(1))
    assert until(lambda: (products, answers) == ([1], [1]))
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("UPDATE products SET price = price")
        assert until(lambda: products == [1, 1])
        connection.execute(
            "INSERT INTO faq_answers (topic, questions, answer) VALUES ('dogs', '{dogs}', 'Yes.')"
        )
        assert until(lambda: answers == [1, 1])
    assert products == [1, 1]


def test_what_was_read_last_stays_while_the_database_is_away(database_url: str) -> None:
    catalogue = LiveCatalogue()
    catalogue.start(BackgroundReader("catalogue"))
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'catalogue' AND datname = current_database()"
        )
        assert skus(catalogue, "a coffee") == ["coffee"]
        connection.execute("UPDATE products SET aliases = '{brew}' WHERE sku = 'coffee'")
    assert until(lambda: skus(catalogue, "a brew") == ["coffee"])


def test_a_database_that_does_not_answer_delays_nothing_for_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody:none@127.0.0.1:9/none")
    settings.load_settings.cache_clear()
    began = time.monotonic()
    catalogue = LiveCatalogue()
    catalogue.start(BackgroundReader("catalogue"))
    assert time.monotonic() - began < PATIENCE
    assert catalogue.current() == seed_catalogue()
    settings.load_settings.cache_clear()


def test_messages_are_read_while_a_large_catalogue_is_made_ready(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Readings go on with the products of before until those of now are there."""
    building, go_on = threading.Event(), threading.Event()

    def slowly(spellings: dict[str, str], phrases: Iterable[Phrase]) -> KnownWords:
        if len(spellings) > MANY:
            building.set()
            assert go_on.wait(PATIENCE)
        return KnownWords(spellings, phrases)

    catalogue = LiveCatalogue()
    monkeypatch.setattr("nlu.catalogue.catalogue.KnownWords", slowly)
    catalogue.start(BackgroundReader("catalogue"))
    with psycopg.connect(database_url) as connection:
        connection.execute(
            "INSERT INTO products (sku, name, category, price) SELECT 'sweet_' || number,"
            " 'Sweet' || chr(97 + number %% 26) || number, 'Sweets', 50"
            " FROM generate_series(1, %s) AS number",
            (MANY,),
        )
    assert building.wait(PATIENCE)
    for count in range(2, 20):
        assert skus(catalogue, f"{count} coffees") == ["coffee"]
    go_on.set()
    assert until(lambda: skus(catalogue, "2 sweetb1") == ["sweet_1"])


def test_it_knows_of_which_options_only_one_may_be_chosen(database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        for group, most, names in (("Milk", 1, ("Oat", "Soy")), ("Syrup", 2, ("Rose", "Mint"))):
            row = connection.execute(
                "INSERT INTO option_groups (name, maximum) VALUES (%s, %s) RETURNING id",
                (group, most),
            ).fetchone()
            assert row is not None
            for name in names:
                connection.execute(
                    "INSERT INTO options (group_id, name) VALUES (%s, %s)", (row[0], name)
                )
            connection.execute(
                "INSERT INTO product_option_groups (sku, group_id) VALUES ('coffee', %s)", row
            )
    catalogue = LiveCatalogue()
    catalogue.start(BackgroundReader("catalogue"))
    options = {one.name: one for one in catalogue.current().options}
    assert options["Oat"].group == options["Soy"].group > 0
    assert options["Rose"].group == options["Mint"].group == 0
