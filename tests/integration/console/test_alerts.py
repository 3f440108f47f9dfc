"""The room Alerts: phones agree, are told with the tab closed, and what is seen is seen."""

import json
import time

import pytest
from sqlalchemy import select, text

import storage.engine
from console.alerts.watch import AlertWatch
from console.app import build_console
from shop.alerts import devices
from shop.orders.placing import place_order
from storage.models import Alert, AuditEntry, PushDevice, PushKey
from tests import browser
from tests.integration.console.people import Worker
from tests.integration.console.pushing import Pushing
from tests.integration.shop.orders.trading import cart_of, settle, somebody
from tests.integration.web_push.browser import PushedBrowser
from tests.integration.web_push.service import serve_push
from web_push.delivery import PushSender
from web_push.signing import public_key

# What the browser would have from its push service, which cannot be reached from here.
SUBSCRIBED = """(given) => {
  const found = { endpoint: given.endpoint, options: {}, unsubscribe: async () => true,
                  toJSON: () => ({ endpoint: given.endpoint, keys: given.keys }) };
  PushManager.prototype.getSubscription = async () => localStorage.kept ? found : null;
  PushManager.prototype.subscribe = async ({ applicationServerKey, userVisibleOnly }) => {
    if (!userVisibleOnly || applicationServerKey.length !== 65) throw new Error("key");
    localStorage.kept = "yes";
    return found;
  };
}"""


@pytest.fixture(scope="module")
def push(tmp_path_factory):
    with serve_push(tmp_path_factory.mktemp("push")) as running:
        yield running


@pytest.fixture(autouse=True)
def ours(push, monkeypatch):
    """The console reaches the push service of the tests."""
    push.received.clear()
    push.status = 201

    def make(key):
        return PushSender(key, "https://console.example", push.find_addresses, push.certificates)

    def build(sessions):
        return build_console(sessions, make_sender=make)

    monkeypatch.setattr("tests.integration.console.conftest.build_console", build)
    return make


@pytest.fixture
def watch(console, ours):
    """The watch of the console, which looks when it is told to."""
    return AlertWatch(storage.engine.session, ours)


@pytest.fixture
def phone(push):
    return PushedBrowser(f"{push.url}/phone")


def agree(worker: Worker, browser: PushedBrowser):
    return worker.sends("/alerts/devices", **vars(browser.subscription))


def order_something():
    with storage.engine.session() as session:
        meera = somebody(session)
        return place_order(session, meera, cart_of(session), "wamid.1").order_id


def pushed(push, browser):
    return [json.loads(browser.read(body)) for path, _, body in push.received]


def test_a_phone_that_agreed_is_told_of_a_new_order(asha, phone, push, watch):
    assert agree(asha, phone).status_code == 204
    assert watch.look_once() == 0
    order = order_something()
    assert watch.look_once() == 1
    assert watch.look_once() == 0
    [told] = pushed(push, phone)
    assert order in told["title"]
    assert told["path"] == f"/orders/{order}"
    [(_, headers, _)] = push.received
    claims, key = push.claims(headers)
    assert claims["sub"] == "https://console.example"
    assert key in asha.sees("/alerts")


def test_the_first_phone_is_told_of_what_was_open_before_it(asha, phone, push, watch):
    order = order_something()
    assert watch.look_once() == 0
    agree(asha, phone)
    assert watch.look_once() == 1
    [told] = pushed(push, phone)
    assert order in told["title"]


def test_every_phone_is_told(asha, ravi, push, watch):
    phones = [PushedBrowser(f"{push.url}/{number}") for number in range(3)]
    for worker, phone in zip((asha, asha, ravi), phones, strict=True):
        agree(worker, phone)
    order_something()
    assert watch.look_once() == 3
    assert sorted(path for path, _, _ in push.received) == ["/0", "/1", "/2"]


def test_what_waits_is_shown_and_seen(asha, phone, push, watch):
    agree(asha, phone)
    order = order_something()
    watch.look_once()
    assert f"New order {order}" in asha.sees("/alerts")
    with storage.engine.session() as session:
        number = session.scalars(select(Alert.id)).one()
    assert asha.sends("/alerts/seen", alert=str(number)).status_code == 303
    assert "Nothing needs you" in asha.sees("/alerts")
    assert "seen by Asha" in asha.sees("/alerts")
    assert asha.sends("/alerts/seen", alert="x").status_code == 400


def test_troubles_stand_on_every_page_until_somebody_looks(asha, watch):
    with storage.engine.session() as session:
        settle(session, alarm_phone=None)
        session.execute(text("INSERT INTO notice_templates VALUES ('reminder', 'gone')"))
    watch.look_once()
    assert "nobody has looked at yet" in asha.sees("/orders")
    asha.sends("/alerts/seen")
    assert "nobody has looked at yet" not in asha.sees("/orders")


def test_messages_that_wait_or_do_not_arrive_are_troubles(asha, watch):
    with storage.engine.session() as session:
        for number in range(3):
            customer = somebody(session, f"91980000000{number}")
            session.execute(
                text("""INSERT INTO whatsapp_messages (customer_id, direction, status, created_at)
                    VALUES (:customer, 'outgoing', 'sent', now() - interval '10 minutes'),
                        (:customer, 'incoming', 'received', now() - interval '2 minutes')"""),
                {"customer": customer.id},
            )
    watch.look_once()
    said = asha.sees("/alerts")
    assert "None of the last messages to 3 customers was delivered" in said
    assert "Messages wait to be answered for more than a minute" in said
    with storage.engine.session() as session:
        session.execute(text("UPDATE whatsapp_messages SET delivered_at = now(), status = 'read'"))
    watch.look_once()
    assert "Nothing needs you" in asha.sees("/alerts")


def test_a_number_that_may_not_send_is_a_trouble(asha, watch):
    with storage.engine.session() as session:
        session.execute(
            text("""INSERT INTO pauses (number, until, seconds, reason)
                VALUES ('1', now() + interval '1 hour', 60, '190 token expired')""")
        )
    watch.look_once()
    assert "WhatsApp takes none of our messages: 190 token expired" in asha.sees("/alerts")


def test_the_test_button_says_how_many_were_reached(asha, ravi, phone, push):
    assert asha.sends("/alerts/test").status_code == 409
    agree(asha, phone)
    agree(ravi, PushedBrowser(f"{push.url}/ravi"))
    asha.sends("/alerts/test")
    assert "1 of your 1 phones" in asha.sees("/alerts")
    [told] = pushed(push, phone)
    assert told["title"] == "This is a test"
    push.status = 500
    asha.sends("/alerts/test")
    assert "0 of your 1 phones" in asha.sees("/alerts")
    assert "1 message not taken" in asha.sees("/alerts")


def test_a_phone_that_its_service_forgot_goes(asha, phone, push, watch):
    agree(asha, phone)
    push.status = 410
    order_something()
    assert watch.look_once() == 0
    with storage.engine.session() as session:
        assert devices.list_devices(session) == []


def test_who_logs_out_is_told_no_more(asha, phone):
    for path in ("/logout", "/account/logout"):
        agree(asha, phone)
        asha.sends(path)
        with storage.engine.session() as session:
            assert session.query(PushDevice).count() == 0, path
        asha.log_in()


def test_who_left_is_told_no_more(asha, ravi, phone, push, watch):
    agree(ravi, phone)
    with storage.engine.session() as session:
        session.execute(text("UPDATE staff SET is_active = false WHERE name = 'Ravi'"))
    order_something()
    assert watch.look_once() == 0
    assert push.received == []


def test_a_browser_belongs_to_whoever_uses_it_last(asha, ravi, phone):
    for worker in (asha, asha, ravi):
        agree(worker, phone)
    with storage.engine.session() as session:
        [device] = devices.list_devices(session)
        assert device.staff.name == "Ravi"
        entries = session.scalars(select(AuditEntry.staff_name)
                                  .where(AuditEntry.action == "has alerts on a phone"))  # fmt: skip
        assert sorted(entries) == ["Asha", "Ravi"]
    assert asha.sends("/alerts/devices/remove", endpoint=phone.subscription.endpoint).ok
    with storage.engine.session() as session:
        assert session.query(PushDevice).count() == 1


def test_no_address_inside_is_taken(asha, phone):
    for changed in (
        {"endpoint": "http://push.example/1"},
        {"endpoint": "https://127.0.0.1/1"},
        {"endpoint": "https://169.254.169.254/latest/meta-data"},
        {"p256dh": "nothing"},
        {"auth": ""},
    ):
        answer = asha.sends("/alerts/devices", **(vars(phone.subscription) | changed))
        assert answer.status_code == 400, changed
    with storage.engine.session() as session:
        assert session.query(PushDevice).count() == 0


def test_the_key_is_made_once(asha, ravi):
    with storage.engine.session() as session:
        first = devices.read_private_key(session)
    with storage.engine.session() as session:
        assert devices.read_private_key(session) == first
        assert session.query(PushKey).count() == 1
    assert public_key(first) in asha.sees("/alerts")
    assert first not in asha.sees("/alerts")


def test_owners_set_quiet_hours(asha, ravi):
    saved = {"quiet_from": "22:00", "quiet_until": "07:00", "alert_again_minutes": "10"}
    assert asha.sends("/alerts/settings", **saved).status_code == 303
    assert "Nobody is told from 22:00 to 07:00" in ravi.sees("/alerts")
    for wrong in ({"quiet_until": ""}, {"alert_again_minutes": "0"}, {"quiet_from": "late"}):
        assert asha.sends("/alerts/settings", **(saved | wrong)).status_code == 422
    none = {"quiet_from": "", "quiet_until": ""}
    assert asha.sends("/alerts/settings", **(saved | none)).status_code == 303


def test_the_alarm_phone_is_tested(asha):
    assert asha.sends("/alerts/phone").status_code == 409
    with storage.engine.session() as session:
        settle(session, alarm_phone="919811111111")
    assert "has not written" in asha.sends("/alerts/phone").text
    with storage.engine.session() as session:
        somebody(session, "919811111111").last_interaction = storage.engine.now(session)
    assert asha.sends("/alerts/phone").status_code == 303
    with storage.engine.session() as session:
        [sent] = session.scalars(text("SELECT payload FROM whatsapp_messages"))
        assert "This is a test of" in sent["text"]["body"]


def test_a_shop_at_rest_is_looked_at_rarely(asha, watch, monkeypatch):
    assert watch.look_if_due()
    assert not watch.look_if_due()
    with storage.engine.session() as session:
        session.execute(text("INSERT INTO whatsapp_messages (content) VALUES ('hi')"))
    assert watch.look_if_due()
    assert not watch.look_if_due()
    monkeypatch.setattr("console.alerts.watch.AT_REST", 0.0)
    assert watch.look_if_due()


def test_a_look_that_fails_is_not_the_last(console, ours, monkeypatch):
    looks = []

    def fails_once(self):
        looks.append(1)
        if len(looks) == 1:
            raise ValueError

    monkeypatch.setattr(AlertWatch, "look_if_due", fails_once)
    monkeypatch.setattr("console.alerts.watch.EVERY", 0.01)
    running = AlertWatch(storage.engine.session, ours)
    running.start()
    deadline = time.monotonic() + 60
    while len(looks) < 2:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    running.stop()
    running.join()


CONTROLLED = """async () => {
  await navigator.serviceWorker.ready;
  return Boolean(navigator.serviceWorker.controller);
}"""
AGREED = "() => Boolean(sessionStorage.getItem('push-told'))"
# The page waits by itself for a while.
SHOWN = """async () => {
  const registration = await navigator.serviceWorker.ready;
  for (let tries = 0; tries < 100; tries += 1) {
    if ((await registration.getNotifications()).length) return true;
    await new Promise((done) => setTimeout(done, 50));
  }
  return false;
}"""
# What the phone shows.
NOTIFICATIONS = """async () => {
  const registration = await navigator.serviceWorker.ready;
  return (await registration.getNotifications()).map(({title, body, tag, data}) =>
    ({title, body, tag, path: data.path}));
}"""


def test_a_phone_with_its_tab_closed_shows_what_was_pushed(page, console, phone, push, watch):
    """Subscribed in Chromium, encrypted by us, read by its key, delivered by DevTools."""
    context = page.context
    context.grant_permissions(["notifications"], origin=console)
    to = phone.subscription
    given = {"endpoint": to.endpoint, "keys": {"p256dh": to.p256dh, "auth": to.auth}}
    context.add_init_script(f"({SUBSCRIBED})({json.dumps(given)})")
    page.set_viewport_size({"width": 390, "height": 844})
    pushing = Pushing(page, console)
    page.goto("/alerts")
    page.get_by_role("button", name="Tell this device").click()
    page.get_by_text("It is told of alerts").wait_for()
    # Taken off the list it says so, and does not come back by itself.
    page.get_by_role("button", name="Remove", exact=False).click()
    page.get_by_role("button", name="Tell this device").wait_for()
    page.reload()
    page.get_by_role("button", name="Tell this device").click()
    page.get_by_text("It is told of alerts").wait_for()
    # Another login in the same tab is told, too.
    with storage.engine.session() as session:
        session.execute(text("DELETE FROM push_devices"))
    page.evaluate("sessionStorage.clear()")
    page.goto("/orders")
    browser.wait_until(page, AGREED)
    page.goto("/alerts")
    page.get_by_text("It is told of alerts").wait_for()
    browser.wait_until(page, CONTROLLED)

    page.goto("about:blank")
    order = order_something()
    assert watch.look_once() == 1
    [told] = pushed(push, phone)
    other = context.new_page()
    pushing.move_to(other)
    page.close()

    def is_shown():
        other.goto(f"{console}/orders")
        if not (shown := other.evaluate(SHOWN)):
            other.goto("about:blank")
        return shown

    pushing.deliver(told, is_shown)
    [seen] = other.evaluate(NOTIFICATIONS)
    assert order in seen["title"]
    assert seen["path"] == f"/orders/{order}"


def test_it_can_be_installed(page, console):
    page.goto("/orders")
    page.evaluate("async () => Boolean(await navigator.serviceWorker.ready)")
    devtools = page.context.new_cdp_session(page)
    manifest = devtools.send("Page.getAppManifest")
    assert manifest["errors"] == []
    found = json.loads(manifest["data"])
    assert (found["display"], found["scope"], found["id"]) == ("standalone", "/", "/")
    for icon in found["icons"]:
        answer = page.request.get(icon["src"])
        assert answer.ok, icon
    problems = devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # Playwright's windows are private ones, in which nothing can be installed.
    assert {problem["errorId"] for problem in problems} <= {"in-incognito"}
