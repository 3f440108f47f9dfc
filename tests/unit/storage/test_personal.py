"""Every column that could hold a customer's words or number is thought of: kept how long?"""

from sqlalchemy import ARRAY, JSON, LargeBinary, String

from storage.models import Base
from storage.personal import HARMLESS, HARMLESS_TABLES, PERSONAL

COLUMNS = {
    f"{table.name}.{column.name}"
    for table in Base.metadata.sorted_tables
    for column in table.columns
    if isinstance(column.type, String | JSON | LargeBinary | ARRAY)
}


def test_every_column_with_words_is_in_a_list():
    unknown = {name for name in COLUMNS if name.partition(".")[0] not in HARMLESS_TABLES}
    unknown -= HARMLESS | PERSONAL.keys()
    assert not unknown, "say in storage/personal.py how long these are kept, or why they may stay"


def test_no_list_names_what_is_not_there():
    tables = {table.name for table in Base.metadata.sorted_tables} | {"lanes", "pauses"}
    assert tables >= HARMLESS_TABLES
    assert {name for name in HARMLESS if not name.startswith("lanes.")} <= COLUMNS
    assert PERSONAL.keys() <= COLUMNS
    assert not HARMLESS & PERSONAL.keys()
