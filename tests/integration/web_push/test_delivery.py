"""A push service of the tests' own gets what a browser can read, and nobody else gets anything."""

import socket
import ssl
import threading

import pytest

from tests.integration.web_push.browser import PushedBrowser
from tests.integration.web_push.service import serve_push
from web_push import delivery
from web_push.delivery import PushSender
from web_push.signing import make_private_key, public_key

CONTACT = "https://console.example"


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    with serve_push(tmp_path_factory.mktemp("push")) as running:
        yield running


@pytest.fixture
def sender(service):
    service.received.clear()
    service.status = 201
    return PushSender(make_private_key(), CONTACT, service.find_addresses, service.certificates)


@pytest.fixture
def browser(service):
    return PushedBrowser(f"{service.url}/send/abc?of=us")


def test_a_message_arrives_and_only_the_browser_reads_it(service, sender, browser):
    assert sender.send(browser.subscription, b"1 new order", "high") == "delivered"
    [(path, headers, body)] = service.received
    assert path == "/send/abc?of=us"
    assert b"order" not in body
    assert browser.read(body) == b"1 new order"
    assert (headers["Content-Encoding"], headers["Urgency"]) == ("aes128gcm", "high")
    assert headers["Host"] == f"push.example:{service.port}"
    claims, key = service.claims(headers)
    assert claims["sub"] == CONTACT
    assert key == public_key(sender.private_key)


@pytest.mark.parametrize(
    ("status", "result"),
    [(200, "delivered"), (404, "gone"), (410, "gone"), (429, "failed"), (500, "failed")],
)
def test_what_the_service_says_is_told(service, sender, browser, status, result):
    service.status = status
    assert sender.send(browser.subscription, b"x") == result


def test_a_redirect_is_not_followed(service, sender, browser):
    service.status = 307
    assert sender.send(browser.subscription, b"x") == "failed"
    assert len(service.received) == 1


def test_a_certificate_for_somebody_else_is_refused(service, sender):
    browser = PushedBrowser(f"https://elsewhere.example:{service.port}/1")
    assert sender.send(browser.subscription, b"x") == "failed"
    strict = PushSender(sender.private_key, CONTACT, service.find_addresses)
    assert strict.send(PushedBrowser(f"{service.url}/1").subscription, b"x") == "failed"
    assert service.received == []


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "10.0.0.1", "169.254.169.254"])
def test_an_address_inside_is_never_connected_to(service, sender, host):
    """With the real look-up, and certificates that would fit."""
    real = PushSender(sender.private_key, CONTACT, certificates=ssl._create_unverified_context())
    browser = PushedBrowser(f"https://{host}:{service.port}/1")
    assert real.send(browser.subscription, b"x") == "failed"
    assert service.received == []


def test_a_service_that_never_answers_is_given_up(service, sender, monkeypatch):
    """It takes the connection and says nothing."""
    monkeypatch.setattr(delivery, "SECONDS", 0.3)
    listener = socket.create_server(("127.0.0.1", 0))
    held = []
    taking = threading.Thread(daemon=True, target=lambda: held.append(listener.accept()))
    taking.start()
    silent = PushedBrowser(f"https://push.example:{listener.getsockname()[1]}/1")
    assert sender.send(silent.subscription, b"x") == "failed"
    taking.join()
    held[0][0].close()
    listener.close()
