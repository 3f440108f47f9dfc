"""Tells whether rows of a table have changed, by whomever, without triggers and clocks."""


def mark_of_rows(table: str) -> str:
    """An SQL expression that differs as soon as a row of this table of ours does.

    Every change of a row, also within a transaction, gives it a new xmin or another place (ctid).
    """
    rows = "string_agg(concat_ws(',', xmin, ctid), ' ' ORDER BY ctid)"
    return f"(SELECT md5({rows}) FROM {table})"  # noqa: S608 (names of ours)
