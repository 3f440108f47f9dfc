"""An upgrade of an open shop: the release before fills a database, and goes on serving on it.

Its own processes, from the git history, make the tables and take an order. Then today's version
brings the tables up to date under them, and the same processes go on, for the same customer in the
middle of an order and for a new one.
"""

import re
import subprocess
import sys
import tomllib

import pytest

from settings import ROOT
from tests.commands import release_before
from tests.journeys.play import Customer

FILLED = ("user_profiles", "products", "orders", "whatsapp_messages", "events")


@pytest.fixture
def release(tmp_path):
    """The files of the release before, with a model of its rules."""
    unpacked = release_before.unpack_release(tmp_path)
    release_before.train_rules(unpacked)
    return unpacked


def count_rows(stack):
    [counts] = stack.rows(
        "SELECT " + ", ".join(f"(SELECT count(*) FROM {name}) AS {name}" for name in FILLED)
    )
    return counts


def upgrade(stack, monkeypatch, directory):
    """What a server does before it restarts its processes: `python -m storage.prepare`."""
    monkeypatch.setenv("DATABASE_URL", stack.database_url)
    monkeypatch.setenv("BACKUP_DIRECTORY", str(directory))
    done = subprocess.run(
        [sys.executable, "-m", "storage.prepare"],
        cwd=ROOT, check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stderr


def order_coffees(customer):
    """Taps through the order to its summary."""
    customer.opens_the_catalogue()
    customer.taps("Coffee")
    customer.sees("How many")
    customer.taps("2")
    customer.sees("Coffee × 2")


def test_the_release_before_serves_while_its_tables_become_todays(
    release, new_database, tmp_path, monkeypatch
):
    with (
        new_database() as url,
        release_before.serving(release, url, tmp_path / "logs") as stack,
    ):
        asha, ravi = Customer(stack, "Asha"), Customer(stack, "Ravi")
        order_coffees(asha)
        asha.taps("✅ Confirm Order")
        asha.sees("Order Confirmed")
        order_coffees(ravi)
        before = count_rows(stack)
        assert before["orders"] == 1
        assert "backup" in upgrade(stack, monkeypatch, tmp_path / "backups")
        assert count_rows(stack) == before
        # In the middle of an order, after one, and as somebody new.
        ravi.taps("✅ Confirm Order")
        ravi.sees("Order Confirmed")
        asha.types("hi")
        asha.sees("Welcome!")
        asha.taps("Track Order")
        asha.sees("ORD-")
        newcomer = Customer(stack, "Meena")
        order_coffees(newcomer)
        newcomer.taps("✅ Confirm Order")
        newcomer.sees("Order Confirmed")
        assert [order["status"] for order in newcomer.orders()] == ["pending"]


def test_the_release_before_is_the_one_of_the_changelog():
    """A release that leaves `release_before.py` as it is fails here."""
    ours = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    versions = re.findall(r"^## (\S+)$", (ROOT / "CHANGELOG.md").read_text(), re.M)
    assert versions[:2] == [ours, release_before.VERSION]
