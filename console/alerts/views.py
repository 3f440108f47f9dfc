"""Views of the room *Alerts*: current alerts, phones, quiet hours and tests."""

import re
from datetime import time
from pathlib import Path

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from console import assets, conflicts
from console.alerts.pushing import push_to_all
from console.authentication import staff_change, staff_page
from console.inbox.answering import wake_tray
from console.refusals import Refused
from console.request_context import ROW_NUMBER, Interlude, RequestContext
from shop.alerts import devices, raising
from shop.alerts.alarm_phone import make_test_message
from shop.alerts.telling import make_test_notification
from shop.opening.reading import read_settings, read_settings_to_change
from shop.whatsapp import bodies
from storage import engine
from storage.models import ShopSettings
from trays import turn_end
from web_push.delivery import Result, Subscription
from web_push.signing import public_key

LEAST_MINUTES, MOST_MINUTES = 1, 120
WORKER: Path = assets.STATIC / "service-worker.js"


def show_alerts(
    desk: RequestContext, problem: str = "", typed: dict[str, str] | None = None
) -> Response:
    """Everything about alerts on one page; owners change the settings.

    Settings that could not be saved are shown as `typed`, with the problem.
    """
    standing = _fields_of(read_settings(desk.session))
    phones = devices.list_devices(desk.session, desk.staff)
    values = {
        "open_alerts": raising.open_alerts(desk.session),
        "recent": raising.recent_alerts(desk.session),
        "phones": phones,
        "count": len(devices.list_devices(desk.session)),
        "key": public_key(devices.read_private_key(desk.session)),
        "settings": read_settings(desk.session),
        "opened_with": standing,
        "typed": typed or standing,
        "problem": problem,
        "minutes": (LEAST_MINUTES, MOST_MINUTES),
    }
    return desk.page("alerts/alerts.html", 422 if problem else 200, **values)


def mark_seen(desk: RequestContext) -> Response:
    """Marks one alert, or all of them, as taken care of."""
    alert_id = desk.form.text("alert")
    if alert_id and not re.fullmatch(ROW_NUMBER, alert_id):
        raise Refused(400, "There is no alert of that number.")
    count = raising.mark_alerts_seen(desk.session, desk.staff, int(alert_id) if alert_id else None)
    desk.record("saw the alerts", "alerts", count=count)
    return desk.go("/alerts", "You look after it: nobody is told again.")


def add_device(desk: RequestContext) -> Response:
    """Adds this browser's push subscription; browsers repeat it, which changes nothing."""
    names = ("endpoint", "p256dh", "auth")
    subscription = Subscription(*(desk.form.text(name) for name in names))
    device = desk.request.headers.get("user-agent", "")
    try:
        is_new = devices.register_device(desk.session, desk.login, subscription, device)
    except ValueError:
        raise Refused(400, "No push service is at this browser’s address.") from None
    if is_new:
        desk.record("has alerts on a phone", desk.staff.name)
    return Response(status_code=204)


def forget_browser(desk: RequestContext) -> Response:
    """Removes this browser's push subscription."""
    gone = devices.remove_device(desk.session, desk.staff, desk.form.text("endpoint"))
    desk.record("has no alerts on a phone", desk.staff.name)
    return desk.go("/alerts", "That phone is not told any more." if gone else None)


def send_test(desk: RequestContext) -> Interlude:
    """Sends a test to all phones of the staff member at once, also in quiet hours."""
    phones = devices.read_subscriptions(devices.list_devices(desk.session, desk.staff))
    if not phones:
        raise Refused(409, "None of your phones has agreed to alerts yet.")
    sender = desk.request.app.state.make_sender(devices.read_private_key(desk.session))

    def then(later: RequestContext, results: dict[int, Result]) -> Response:
        devices.store_results(later.session, results)
        reached = sum(result == "delivered" for result in results.values())
        later.record("tested the alerts", "alerts", phones=len(results), reached=reached)
        words = f"Taken by the push services of {reached} of your {len(results)} phones."
        return later.go("/alerts", words)

    return Interlude(lambda: push_to_all(sender, phones, make_test_notification()), then)


def send_test_message(desk: RequestContext) -> Response:
    """Sends a WhatsApp message to the alarm phone."""
    if not read_settings(desk.session).alarm_phone:
        raise Refused(409, "No number is set: see Shop, WhatsApp number for alarms.")
    messages = make_test_message(desk.session, bodies.notice_template())
    if not messages:
        raise Refused(
            409,
            "It cannot be told now: that phone has not written to the shop for 24 hours, and no "
            "approved template is chosen under Going live.",
        )
    desk.session.flush()
    for message in messages:
        turn_end.queue_reply(engine.driver(desk.session), message.receiver.id, message.body)
    desk.record("tested the alarm phone", "alerts")
    response = desk.go("/alerts", "The test is on its way to the alarm phone.")
    response.background = BackgroundTask(wake_tray, desk.request.app.state.sessions, "outgoing")
    return response


def save_alert_settings(desk: RequestContext) -> Response:
    """Saves the quiet hours, and after how long an alert is repeated."""
    shop = read_settings_to_change(desk.session)
    now = _fields_of(shop)
    sent = {name: desk.form.text(name) for name in now}
    typed, taken = conflicts.merge_edits(desk.form, now, sent)
    try:
        quiet = [_clock(typed[name]) for name in ("quiet_from", "quiet_until")]
    except ValueError:
        return show_alerts(desk, "Write times like 22:30.", typed)
    if problem := " ".join(taken.values()) or _find_problem(quiet, typed["alert_again_minutes"]):
        return show_alerts(desk, problem, typed)
    minutes = typed["alert_again_minutes"]
    shop.quiet_from, shop.quiet_until = quiet
    shop.alert_again_minutes = int(minutes)
    told = [typed[name] for name in ("quiet_from", "quiet_until") if typed[name]]
    desk.record("changed when alerts are told", "alerts", quiet=told, again=minutes)
    return desk.go("/alerts", "Saved.")


async def show_worker(_request: Request) -> Response:
    """The service worker, which shows notifications while no page is open.

    Its address must be at the top, since that sets its scope."""
    return FileResponse(WORKER, media_type="text/javascript")


def _fields_of(shop: ShopSettings) -> dict[str, str]:
    """What the form of the settings holds, by field."""
    quiet = {"quiet_from": shop.quiet_from, "quiet_until": shop.quiet_until}
    clocks = {name: "" if at is None else f"{at:%H:%M}" for name, at in quiet.items()}
    return {**clocks, "alert_again_minutes": str(shop.alert_again_minutes)}


def _find_problem(quiet: list[time | None], minutes: str) -> str:
    """Why these settings cannot be; empty where they can."""
    if (quiet[0] is None) != (quiet[1] is None):
        return "Quiet hours need both times, or neither."
    if not re.fullmatch("[0-9]{1,3}", minutes) or not LEAST_MINUTES <= int(minutes) <= MOST_MINUTES:
        return f"Minutes: a whole number from {LEAST_MINUTES} to {MOST_MINUTES}."
    return ""


def _clock(written: str) -> time | None:
    return time.fromisoformat(written) if written else None


ROUTES = [
    Route("/service-worker.js", show_worker, methods=["GET"]),
    Route("/alerts", staff_page(show_alerts), methods=["GET"]),
    Route("/alerts/seen", staff_change(mark_seen), methods=["POST"]),
    Route("/alerts/devices", staff_change(add_device, audited=False), methods=["POST"]),
    Route("/alerts/devices/remove", staff_change(forget_browser), methods=["POST"]),
    Route("/alerts/test", staff_change(send_test), methods=["POST"]),
    Route("/alerts/phone", staff_change(send_test_message, "owner"), methods=["POST"]),
    Route("/alerts/settings", staff_change(save_alert_settings, "owner"), methods=["POST"]),
]
