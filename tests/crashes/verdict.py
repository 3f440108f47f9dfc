"""What the database and the phones hold afterwards, against what they must."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from tests.crashes.customers import Bubble, Customer
from tests.crashes.world import Shop

PRICE = 120  # of a coffee, as seeded
# The sender waits so long for the receipt of what may have been sent.
UNKNOWN_SECONDS = 30.0
LEFT = """
SELECT (SELECT count(*) FROM whatsapp_messages WHERE status IN ('received', 'queued', 'unknown'))
    + (SELECT count(*) FROM lanes WHERE held_by IS NOT NULL OR ready_at IS NOT NULL) AS left
"""


@dataclass
class Verdict:
    """`wrong` must be empty; `doubled` are the sends that nobody could know of."""

    wrong: list[str] = field(default_factory=list)
    doubled: int = 0


def is_idle(shop: Shop) -> bool:
    """Whether nothing waits in a tray and nobody holds a lane."""
    return bool(shop.rows(LEFT)[0]["left"] == 0)


def judge(
    shop: Shop,
    customers: Sequence[Customer],
    traders: Sequence[Customer],
    chats: dict[str, list[Bubble]],
) -> Verdict:
    """What is wrong; the orders of `traders` are judged elsewhere (trade_verdict.py)."""
    verdict = Verdict()
    verdict.wrong += every_message_is_processed(shop, [*customers, *traders])
    verdict.wrong += every_order_is_there_once(shop, customers, {one.phone for one in traders})
    verdict.wrong += every_message_has_one_reply(shop)
    verdict.wrong += every_reply_was_sent(shop)
    causes = {
        row["message_id"]: row["cause_id"]
        for row in shop.rows(
            "SELECT message_id, cause_id FROM whatsapp_messages WHERE direction = 'outgoing'"
        )
    }
    for phone, bubbles in chats.items():
        known = [bubble for bubble in bubbles if bubble["id"] in causes]
        # What nobody wrote for, such as news of an order, has its place anywhere.
        order = [cause for bubble in known if (cause := causes[bubble["id"]]) is not None]
        if order != sorted(order):
            verdict.wrong.append(f"{phone} was answered out of order: {order}")
        for extra in (bubble for bubble in bubbles if bubble["id"] not in causes):
            verdict.doubled += 1
            if not was_unavoidable(extra, known):
                verdict.wrong.append(f"{phone} was told twice: {extra['text']!r}")
    return verdict


def was_unavoidable(extra: Bubble, known: list[Bubble]) -> bool:
    """Whether WhatsApp took it, said nothing of it for 30 s, and so it was sent once more."""
    return any(
        bubble["text"] == extra["text"] and abs(bubble["time"] - extra["time"]) >= UNKNOWN_SECONDS
        for bubble in known
    )


def every_message_is_processed(shop: Shop, customers: Sequence[Customer]) -> list[str]:
    stored = {
        row["message_id"]: row["status"]
        for row in shop.rows(
            "SELECT message_id, status FROM whatsapp_messages WHERE direction = 'incoming'"
        )
    }
    sent = {message_id for customer in customers for message_id in customer.sent}
    wrong = [f"{len(sent - set(stored))} messages were lost"] if sent - set(stored) else []
    states = Counter(stored.values())
    return wrong + ([] if set(states) <= {"processed"} else [f"messages are {dict(states)}"])


def every_message_has_one_reply(shop: Shop) -> list[str]:
    found = shop.rows(
        "SELECT incoming.id, count(reply.id) AS replies FROM whatsapp_messages AS incoming"
        " LEFT JOIN whatsapp_messages AS reply ON reply.cause_id = incoming.id"
        " WHERE incoming.direction = 'incoming' GROUP BY incoming.id HAVING count(reply.id) <> 1"
    )
    return [f"message {row['id']} has {row['replies']} replies" for row in found]


def every_reply_was_sent(shop: Shop) -> list[str]:
    states = {
        row["status"]: row["count"]
        for row in shop.rows(
            "SELECT status, count(*) FROM whatsapp_messages"
            " WHERE direction = 'outgoing' GROUP BY status"
        )
    }
    return [] if set(states) <= {"sent", "delivered", "read"} else [f"replies are {states}"]


def every_order_is_there_once(
    shop: Shop, customers: Sequence[Customer], others: Collection[str]
) -> list[str]:
    """`others` are phones whose orders are not looked at."""
    found: dict[str, dict[str, tuple[int, float]]] = {}
    for row in shop.rows("SELECT order_id, customer_phone, items, total FROM orders"):
        coffees = sum(item["quantity"] for item in row["items"] if item["product"] == "coffee")
        found.setdefault(row["customer_phone"], {})[row["order_id"]] = (coffees, row["total"])
    wrong = []
    for one in customers:
        wanted = dict.fromkeys(one.orders, (one.coffees, one.coffees * PRICE))
        if found.pop(one.phone, {}) != wanted:
            wrong.append(f"the orders of {one.phone} are not the {len(wanted)} that they placed")
    nobodys = [phone for phone in found if phone not in others]
    return wrong + [f"orders of nobody: {nobodys}"] * bool(nobodys)
