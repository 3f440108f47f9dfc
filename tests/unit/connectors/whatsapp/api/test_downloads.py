"""Customers' files: nobody else gets the token, nothing larger than WhatsApp allows comes in."""

import pytest

from connectors.whatsapp.api import downloads, errors
from connectors.whatsapp.api.downloads import FileTooLarge, ForeignAddress, Redirected, is_metas
from connectors.whatsapp.api.graph_client import GraphClient
from tests.unit.connectors.whatsapp.graph_server import Answer, graph, misbehaving, refused

GRAPH = "https://graph.facebook.com"
HERE = "http://127.0.0.1:5080"


@pytest.mark.parametrize(
    "address",
    [
        "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1&hash=a",
        "https://mmg.whatsapp.net/v/t62.7118-24/1.enc",
        "https://scontent.fbcdn.net:443/x.jpg",
        "HTTPS://Graph.Facebook.com/v23.0/1",
    ],
)
def test_metas_hosts_get_the_token(address) -> None:
    assert is_metas(address, GRAPH)
    assert is_metas(address, HERE)


@pytest.mark.parametrize(
    "address",
    [
        "http://lookaside.fbsbx.com/x",
        "https://lookaside.fbsbx.com:8443/x",
        "https://evil.example/x",
        "https://fbsbx.com.evil.example/x",
        "https://evilfbsbx.com/x",
        "https://graph.facebook.com@evil.example/x",
        "https://graph.facebook.com\\@evil.example/x",
        "https://evil.example\\.facebook.com/x",
        "https://evil.example/x@graph.facebook.com",
        "https://evil.example#.facebook.com",
        "https:///graph.facebook.com/x",
        "//graph.facebook.com/x",
        "ftp://graph.facebook.com/x",
        "file:///etc/passwd",
        "http://169.254.169.254/latest/meta-data",
        "http://127.0.0.1:5090/x",
        "https://graph.facebook.com/\nx",
        "",
    ],
)
def test_nobody_else_gets_it(address) -> None:
    assert not is_metas(address, GRAPH)
    assert not is_metas(address, HERE)


def test_the_emulator_gets_its_own_token_at_its_own_port_alone() -> None:
    assert is_metas(f"{HERE}/media/abc", HERE)
    assert not is_metas(f"{HERE}/media/abc", GRAPH)
    assert not is_metas("http://127.0.0.1:5081/media/abc", HERE)


@pytest.fixture
def shop():
    """The server, its address, and a client of it; /v23.0/77 describes the file /file."""
    with graph() as (state, address):
        state.at["/v23.0/77"] = Answer(body={"url": f"{address}/file", "id": "77"})
        state.at["/file"] = Answer(body=b"\x89PNG")
        client = GraphClient(address, "v23.0", "100", "secret-token", timeouts=(2, 2))
        yield state, address, client
        client.close()


def test_a_file_comes_with_the_token(shop) -> None:
    state, _, client = shop
    assert client.media("77", "image") == b"\x89PNG"
    assert [asked[1]["Authorization"] for asked in state.asked] == ["Bearer secret-token"] * 2


def test_a_foreign_address_is_not_even_asked(shop) -> None:
    state, _, client = shop
    with graph() as (foreign, elsewhere):
        state.at["/v23.0/77"] = Answer(body={"url": f"{elsewhere}/file"})
        with pytest.raises(ForeignAddress):
            client.media("77", "image")
        assert foreign.asked == []


@pytest.mark.parametrize("path", ["/v23.0/77", "/file"])
def test_a_redirect_is_not_followed(shop, path) -> None:
    state, _, client = shop
    with graph() as (foreign, elsewhere):
        state.at[path] = Answer(302, b"", {"Location": f"{elsewhere}/file"})
        with pytest.raises(Redirected):
            client.media("77", "image")
        assert foreign.asked == []


@pytest.mark.parametrize(("kind", "most"), downloads.MOST_BYTES.items())
def test_whatsapps_own_limits_hold(shop, kind, most, monkeypatch) -> None:
    state, _, client = shop
    # As they are: kilobytes in the place of megabytes.
    monkeypatch.setitem(downloads.MOST_BYTES, kind, most // 1024)
    state.at["/file"] = Answer(body=b"x" * (most // 1024))
    assert len(client.media("77", kind)) == most // 1024
    state.at["/file"] = Answer(body=b"x" * (most // 1024 + 1))
    with pytest.raises(FileTooLarge):
        client.media("77", kind)


def test_a_file_that_is_described_as_too_large_is_not_asked_for(shop) -> None:
    state, address, client = shop
    state.at["/v23.0/77"] = Answer(body={"url": f"{address}/file", "file_size": 6 * 1024**2})
    with pytest.raises(FileTooLarge):
        client.media("77", "image")
    assert [asked[0] for asked in state.asked] == ["/v23.0/77"]


def test_a_file_without_a_length_is_cut_off_at_the_limit() -> None:
    """150 MB, but for the limit; how much was sent until then is bounded by it."""
    sent = []

    def pour(connection):
        connection.recv(65536)
        connection.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        try:
            for _ in range(150):
                connection.sendall(b"x" * 1024**2)
                sent.append(1)
        except OSError:
            pass

    with misbehaving(pour) as elsewhere:
        client = GraphClient(elsewhere, "v23.0", "100", "secret-token", timeouts=(2, 2))
        with pytest.raises(FileTooLarge):
            client._get(f"{elsewhere}/file", 5 * 1024**2)
        client.close()
    assert len(sent) < 50


def test_a_refusal_says_why(shop) -> None:
    state, _, client = shop
    state.at["/v23.0/77"] = refused(190, 401)
    with pytest.raises(errors.NumberStopped):
        client.media("77", "image")
    state.at["/v23.0/77"] = Answer(body=b"no JSON")
    with pytest.raises(errors.Final):
        client.media("77", "image")
