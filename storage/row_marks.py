"""Detects changed rows of a table without triggers or clocks."""


def mark_of_rows(table: str) -> str:
    """An SQL expression whose value changes with every change of a row of this table.

    Every change of a row, also within a transaction, gives it a new xmin or another place (ctid).
    """
    rows = "string_agg(concat_ws(',', xmin, ctid), ' ' ORDER BY ctid)"
    return f"(SELECT md5({rows}) FROM {table})"  # noqa: S608 (names of ours)
