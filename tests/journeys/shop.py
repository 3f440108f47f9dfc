"""The shop's settings in a play: changed by SQL as an owner would, put back afterwards."""

from typing import Any

import psycopg

from tests.journeys.stack import Stack

TABLES = ("opening_hours", "opening_exceptions", "delivery_zones")


class Shop:
    """How the shop trades, for as long as one journey lasts."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        [self._before] = stack.rows("SELECT * FROM shop_settings")

    def set(self, **columns: Any) -> None:
        """Changes settings."""
        assigned = ", ".join(f"{name} = %s" for name in columns)
        self._stack.rows(f"UPDATE shop_settings SET {assigned}", *columns.values())

    def zone(self, **columns: Any) -> None:
        """One more place to deliver to."""
        self.add("delivery_zones", **columns)

    def add(self, table: str, **columns: Any) -> None:
        """A row with these columns alone."""
        self.add_all([(table, columns)])

    def add_all(self, rows: list[tuple[str, dict[str, Any]]]) -> None:
        """These rows in one transaction: nobody reads half of them."""
        with psycopg.connect(self._stack.database_url) as connection:
            for table, columns in rows:
                names, places = ", ".join(columns), ", ".join(["%s"] * len(columns))
                added = f"INSERT INTO {table} ({names}) VALUES ({places})"
                connection.execute(added, list(columns.values()))

    def remove(self, table: str, **columns: Any) -> None:
        """The row that was added with these columns."""
        same = " AND ".join(f"{name} = %s" for name in columns)
        self._stack.rows(f"DELETE FROM {table} WHERE {same}", *columns.values())

    def closed_now(self, **columns: Any) -> None:
        """Closed today and tomorrow; open again on other days."""
        self._stack.rows(
            "INSERT INTO opening_exceptions (day)"
            " SELECT current_date + day FROM generate_series(-1, 1) AS day"
        )

    def open_all_day(self) -> None:
        """Open around the clock by rows of its own, on every day."""
        self._stack.rows(
            "INSERT INTO opening_hours (weekday, opens, closes)"
            " SELECT day, '00:00', '00:00' FROM generate_series(1, 7) AS day"
        )

    def opens_again(self) -> None:
        """No other hours than the weekly ones, and no pause."""
        self._stack.rows("DELETE FROM opening_exceptions")
        self.set(paused_until=None, pause_note=None)

    def free_all_times(self) -> None:
        """Orders of earlier journeys take no time any more."""
        self._stack.rows("UPDATE orders SET due_at = NULL WHERE due_at IS NOT NULL")

    def put_back(self) -> None:
        """As it was before."""
        for table in TABLES:
            self._stack.rows(f"DELETE FROM {table}")
        self.set(**{k: v for k, v in self._before.items() if k not in ("id", "created_at")})
