import pytest

from shop.reply_ids import Meaning, of_payload


@pytest.mark.parametrize(
    ("payload", "reply_id"),
    [
        ("/confirm_order", "confirm_order"),
        ('/track_order{"order_id": "ORD-1"}', "track_order:ORD-1"),
        ('/inform_quantity{"quantity": "2"}', "inform_quantity:2"),
    ],
)
def test_payloads_become_reply_ids(payload: str, reply_id: str) -> None:
    assert of_payload(payload) == reply_id


def test_a_meaning_is_said_to_rasa() -> None:
    assert Meaning("support").as_text() == "/support"
    assert (
        Meaning("new_order", {"product": "coffee"}).as_text() == '/new_order{"product": "coffee"}'
    )
