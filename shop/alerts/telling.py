"""Words the push messages: one for all alerts that are due at once."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from shop.alerts.raising import BY_CUSTOMERS
from storage.models import Alert

_MOST_WORDS = 4


@dataclass(frozen=True)
class Notification:
    """A phone's notification; one with the same `tag` replaces the one before."""

    title: str
    body: str
    path: str
    tag: str
    is_urgent: bool

    def as_json(self) -> bytes:
        """The message for console/static/service-worker.js."""
        return json.dumps(vars(self), ensure_ascii=False).encode()


def word_notification(alerts: Sequence[Alert]) -> Notification:
    """The notification for some alerts; it opens the page of a single one, else the list."""
    first = alerts[0]
    is_again = any(alert.pushes > 1 for alert in alerts)
    if len(alerts) == 1:
        title = f"Still open: {first.words}" if is_again else first.words
        minutes = _minutes_open(first)
        body = f"Nobody has looked at it for {minutes} minutes." if is_again else "Tap to look."
        path = first.place if first.kind in BY_CUSTOMERS else "/alerts"
        return Notification(title, body, path, f"alert-{first.id}", is_again)
    title = f"{len(alerts)} things need somebody" + (", still" if is_again else "")
    lines = [alert.words for alert in alerts[:_MOST_WORDS]]
    if len(alerts) > _MOST_WORDS:
        lines.append(f"and {len(alerts) - _MOST_WORDS} more")
    return Notification(title, "\n".join(lines), "/alerts", "alerts", is_again)


def make_test_notification() -> Notification:
    """The notification that the test button sends."""
    return Notification("This is a test", "Alerts reach this phone.", "/alerts", "test", False)


def _minutes_open(alert: Alert) -> int:
    since = alert.pushed_at or alert.opened_at
    return max(1, int((since - alert.opened_at).total_seconds() // 60))
