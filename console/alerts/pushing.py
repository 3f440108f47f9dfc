"""Sends one notification to many phones at once, without holding a database connection."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

from shop.alerts.telling import Notification
from web_push.delivery import PushSender, Result, Subscription

# Makes a sender from the shop's private key.
MakeSender = Callable[[str], PushSender]
AT_ONCE = 8
_NOBODY = "https://localhost"


def sender_for(public_url: str | None) -> MakeSender:
    """A factory of senders that name the console's address as contact for push services."""
    contact = public_url if public_url and public_url.startswith("https:") else _NOBODY

    def make(private_key: str) -> PushSender:
        return PushSender(private_key, contact)

    return make


def push_to_all(
    sender: PushSender, phones: Mapping[int, Subscription], told: Notification
) -> dict[int, Result]:
    """Sends the notification; returns the result for each phone, by its id."""
    message = told.as_json()
    with ThreadPoolExecutor(max_workers=AT_ONCE) as threads:
        sent = {
            key: threads.submit(sender.send, phone, message, "high")
            for key, phone in phones.items()
        }
        return {key: one.result() for key, one in sent.items()}
