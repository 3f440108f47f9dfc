"""Receipts of one body, folded."""

from datetime import UTC, datetime

import pytest

from trays.messages import Receipt
from trays.receipts import error_line, fold_receipts, named_row


def at(second):
    return datetime(2026, 9, 1, 12, 0, second, tzinfo=UTC)


def test_each_message_is_one_record_with_its_earliest_times():
    receipts = [
        Receipt("b", "sent", at(9)),
        Receipt("a", "read", at(3), callback_data="tray-17"),
        Receipt("a", "sent", at(2)),
        Receipt("a", "sent", at(1)),
        Receipt("a", "deleted", at(1)),
    ]
    assert fold_receipts(receipts) == [
        {
            "message_id": "a",
            "row": 17,
            "sent_at": at(1).isoformat(),
            "read_at": at(3).isoformat(),
        },
        {"message_id": "b", "row": None, "sent_at": at(9).isoformat()},
    ]


def test_the_price_of_any_receipt_is_kept():
    receipts = [
        Receipt("a", "sent", at(1), price_category="utility", is_billable=True),
        Receipt("a", "delivered", at(2)),
        Receipt("b", "sent", at(1), price_category="service", is_billable=False),
        Receipt("c", "sent", at(1)),
    ]
    prices = [
        (found.get("price_category"), found.get("is_billable")) for found in fold_receipts(receipts)
    ]
    assert prices == [("utility", True), ("service", False), (None, None)]


def test_a_voice_message_that_was_played_was_read():
    assert "read_at" in fold_receipts([Receipt("a", "played", at(1))])[0]


@pytest.mark.parametrize(
    ("callback_data", "expected"),
    [
        ("tray-12", 12),
        (None, None),
        ("", None),
        ("12", None),
        ("order-12", None),
        ("tray-", None),
        ("tray--1", None),
        ("tray-٣", None),
        ("tray-" + "9" * 19, None),
        ("tray-" + "9" * 5000, None),
    ],
)
def test_only_our_own_callback_data_names_a_row(callback_data, expected):
    assert named_row(callback_data) == expected


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (None, "failed without a reason"),
        ({"code": 131026, "title": "Undeliverable"}, "131026 Undeliverable"),
        (
            {"code": 131047, "message": "Re-engage", "error_data": {"details": "24 h"}},
            "131047 Re-engage: 24 h",
        ),
        ({"code": 1, "error_data": "odd"}, "1 unknown error"),
    ],
)
def test_an_error_is_one_line_for_staff(error, expected):
    assert error_line(error) == expected
