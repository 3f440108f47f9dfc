"""Addresses that browsers name: https to the internet, nothing else."""

import pytest

from web_push import endpoints
from web_push.delivery import Subscription
from web_push.endpoints import UnfitEndpoint, check_endpoint, find_public_addresses, is_public

GOOD = ("https://fcm.googleapis.com/fcm/send/abc", "https://push.example:8443/a?b=c")
KEY = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
SECRET = "BTBZMqHH6r4Tts7J_aSIgg"
BAD = (
    "", "nothing", "http://push.example/1", "ftp://push.example/1", "https:///1", "https://",
    "https://127.0.0.1/1", "https://[::1]/1", "https://10.1.2.3/", "https://192.168.0.1/",
    "https://169.254.169.254/latest", "https://[::ffff:127.0.0.1]/", "https://0.0.0.0/",
    "https://[fd00::1]/", "https://[64:ff9b::7f00:1]/", "https://me:pass@push.example/1",
    "https://push.example:99999/", "https://push.example/" + "x" * 1100,
    "https://push.example/\r\nHost: evil", "https://push.example/ä",
)  # fmt: skip


@pytest.mark.parametrize("endpoint", GOOD)
def test_a_push_service_is_taken(endpoint):
    host, port = check_endpoint(endpoint)
    assert (host in endpoint, port) == (True, 8443 if ":8443" in endpoint else 443)


@pytest.mark.parametrize("endpoint", BAD)
def test_anything_else_is_refused(endpoint):
    with pytest.raises(UnfitEndpoint):
        check_endpoint(endpoint)


def test_a_name_that_leads_inside_is_refused(monkeypatch):
    def leads_to(*addresses):
        answer = [(2, 1, 6, "", (address, 443)) for address in addresses]
        monkeypatch.setattr(endpoints.socket, "getaddrinfo", lambda *_, **__: answer)

    leads_to("93.184.216.34", "93.184.216.34")
    assert find_public_addresses("push.example", 443) == ["93.184.216.34"]
    for inside in ("127.0.0.1", "10.0.0.8", "172.16.3.4", "100.64.0.1", "::1", "fe80::1%eth0"):
        leads_to("93.184.216.34", inside)
        with pytest.raises(UnfitEndpoint):
            find_public_addresses("push.example", 443)
        assert not is_public(inside)


@pytest.mark.parametrize(
    ("p256dh", "auth"), [("x", SECRET), (KEY, "x"), (KEY, ""), ("", SECRET), (KEY + "AA", SECRET)]
)
def test_keys_that_no_browser_has_are_refused(p256dh, auth):
    Subscription(GOOD[0], KEY, SECRET).check()
    with pytest.raises(ValueError, match=r"."):
        Subscription(GOOD[0], p256dh, auth).check()
