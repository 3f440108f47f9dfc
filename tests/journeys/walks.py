"""Customers who do anything at all, in any order: taps old and new, words, media, silence."""

import json
import random
from collections.abc import Iterator
from typing import Any

from tests.journeys.play import Customer
from tests.journeys.shelf import Shelf
from tests.journeys.stack import eventually

# More at once would meet WhatsApp's limit for one customer.
STEPS = 25

WORDS = [
    "hi", "menu", "good morning", "order", "I want to order something", "2 coffees",
    "one tea and 3 samosas", "coffee", "pakora please", "add one samosa", "remove the tea",
    "cancel the coffee", "make it 3", "2", "0", "-1", "101", "7", "yes", "no", "confirm", "cancel",
    "cancel my order", "track my order", "where is my order?", "ORD-12345", "ORD-1x", "I need help",
    "my samosas were cold", "I paid twice", "person", "thank you", "bye", "when do you open?",
    "how much is a coffee?", "what is in the samosa?", "qwx zzpf blorg", "😀",
    "repeat my last order", "order again", "STOP", "START", "नमस्ते", "दो कॉफी", "speak english",
    "forget me", "/confirm_order", "",
]  # fmt: skip


class Walker:
    """One customer on a random walk; the same `seed` walks the same way where answers do."""

    def __init__(self, customer: Customer, shelf: Shelf, special: str, seed: str) -> None:
        self.customer = customer
        self.shelf = shelf
        self.special = special
        self.chance = random.Random(seed)
        self.sent: list[str] = []

    def walk(self, others: list["Walker"]) -> None:
        for _ in range(STEPS):
            self.sent.append(self.customer.does(**self._deed(others)))
            if self.chance.random() < 0.7:
                self._listens()
            if self.chance.random() < 0.05:
                self._leaves_for_a_while()

    def _deed(self, others: list["Walker"]) -> dict[str, Any]:
        kinds = [self._goes_on, self._tap, self._words, self._anything_else, self._foreign_number]
        [kind] = self.chance.choices(kinds, weights=[14, 8, 8, 3, 1])
        return kind(others)

    def _goes_on(self, others: list["Walker"]) -> dict[str, Any]:
        """What is offered first, so that walks lead somewhere."""
        shown = self.bubbles()
        if not shown or not shown[-1].get("options"):
            return {"text": self.chance.choice(["2 coffees", "one tea and 3 samosas", "order"])}
        return {"tap": shown[-1]["options"][0]["id"], "on": shown[-1]["id"]}

    def _tap(self, others: list["Walker"]) -> dict[str, Any]:
        """An option of the latest bubble or, as often, of any that was ever shown."""
        shown = [bubble for bubble in self.bubbles() if bubble.get("options")]
        if not shown:
            return self._words(others)
        bubble = shown[-1] if self.chance.random() < 0.5 else self.chance.choice(shown)
        option = self.chance.choice(bubble["options"])
        context = self.chance.random() < 0.9
        return {"tap": option["id"], "on": bubble["id"], "context": context}

    def _words(self, _others: list["Walker"]) -> dict[str, Any]:
        words = self.chance.choice(WORDS)
        if self.chance.random() < 0.9:
            return {"text": words}
        about = {"product_retailer_id": self.chance.choice([self.special, "pizza"])}
        written = {"type": "text", "text": {"body": words}}
        return {"message": {**written, "context": {"referred_product": about}}}

    def _anything_else(self, _others: list["Walker"]) -> dict[str, Any]:
        kinds = ["image", "voice", "sticker", "document", "location", "contact", "cart", "flow"]
        if self.bubbles():
            kinds.append("reaction")
        match self.chance.choice(kinds):
            case "location":
                return {"location": {"latitude": 12.9, "longitude": 77.6}}
            case "contact":
                return {"contact": {"name": "Ravi"}}
            case "cart":
                skus = self.chance.sample(["coffee", "tea", "pizza", self.special], 2)
                amounts = [self.chance.choice([0, 1, 2, 100, 101]) for _ in skus]
                items = zip(skus, amounts, strict=True)
                return {"order": [{"product_retailer_id": s, "quantity": n} for s, n in items]}
            case "flow":
                return {"flow": "{broken"}
            case "reaction":
                return {"reaction": self.chance.choice(["👍", ""])}
            case kind:
                return {kind: True}

    def _foreign_number(self, others: list["Walker"]) -> dict[str, Any]:
        orders = [order for other in others for order in other.customer.orders()]
        if not orders:
            return {"text": "track ORD-99999999"}
        number = self.chance.choice(orders)["order_id"]
        return {"text": self.chance.choice(["{}", "cancel {}", "track {}"]).format(number)}

    def _leaves_for_a_while(self) -> None:
        """Long enough that the conversation expires; the shop changes its prices meanwhile."""
        self._listens()
        self.customer.waits(31)
        self.shelf.changes(self.special, price=self.chance.randint(10, 99))
        self.shelf.changes(self.special, is_available=self.chance.random() < 0.7)

    def _listens(self) -> None:
        """Waits until all that was sent is done."""
        eventually(lambda: not self.unfinished(), 300)

    def unfinished(self) -> list[dict[str, Any]]:
        rows = self.customer.messages("incoming")
        done = {row["message_id"] for row in rows if row["status"] == "processed"}
        return [row for row in rows if row["status"] != "processed"] + [
            {"message_id": sent} for sent in self.sent if sent not in done
        ]

    def bubbles(self) -> list[dict[str, Any]]:
        path = f"/customers/{self.customer.user_id}/chat?from=shop"
        return list(self.customer.stack.control("GET", path)["messages"])

    def said_to(self) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
        """Each message with what we said because of it."""
        said = self.customer.messages("outgoing")
        for heard in self.customer.messages("incoming"):
            yield heard, [row for row in said if row["cause_id"] == heard["id"]]


def words_of(row: dict[str, Any]) -> str:
    """Everything that a message of ours says."""
    return json.dumps(row["payload"], ensure_ascii=False)
