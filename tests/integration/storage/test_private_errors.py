"""What the database refuses is not quoted: no message, no number, no hash, in no traceback."""

import logging
import traceback

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage.engine import session

SECRET = "919876543210-and-what-she-wrote"
REFUSED = {
    "a row that is refused": "INSERT INTO products (sku, name, price) VALUES (:secret, NULL, 1)",
    "a value that is there already": "INSERT INTO user_profiles (whatsapp_phone)"
    " VALUES (:secret), (:secret)",
    "what is no number": "SELECT CAST(CAST(:secret AS text) AS integer)",
    "a value that is too strange": "SELECT CAST(CAST(:secret AS text) AS uuid)",
    "words in a function": "SELECT setval('worker_ids', 0), CAST(:secret AS text)",
}


@pytest.mark.parametrize("statement", REFUSED.values(), ids=REFUSED)
def test_neither_error_nor_traceback_nor_log_holds_a_value(
    database_url: str, statement: str, caplog: pytest.LogCaptureFixture
) -> None:
    try:
        with session() as opened:
            opened.execute(text(statement), {"secret": SECRET})
    except DBAPIError as error:
        logging.getLogger("test").exception("it failed")
        said = "".join(traceback.format_exception(error)) + str(error) + str(error.orig)
        refused = error.orig
    assert SECRET not in said + caplog.text
    assert "psycopg.errors" in said
    assert isinstance(refused, psycopg.Error)
    assert refused.sqlstate


def test_what_code_asks_of_an_error_stays(database_url: str) -> None:
    with pytest.raises(DBAPIError) as caught, session() as opened:
        opened.execute(text(REFUSED["a value that is there already"]), {"secret": SECRET})
    assert isinstance(caught.value.orig, psycopg.errors.UniqueViolation)
    assert caught.value.orig.diag.constraint_name
