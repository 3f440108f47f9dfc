import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.whatsapp.receive.signature import sign_body, verify_signature

SECRET = "test-app-secret"

# Computed outside, by the fact sheet's author.
VECTORS = [
    pytest.param(
        b'{"object":"whatsapp_business_account"}',
        "b6978b21c4467654c466607663db9b43fae44b71083568df403e0a077089208e",
        id="plain",
    ),
    pytest.param(
        rb'{"text":{"body":"caf\u00e9 \ud83d\ude00 http:\/\/a\/b"}}',
        "0e40a74d40f54d94a1a61b9b77dc760d36b76d234abdffa6019773a96d63f4ac",
        id="escaped as Meta escapes",
    ),
]


@pytest.mark.parametrize(("raw", "digest"), VECTORS)
def test_known_signatures(raw, digest):
    assert sign_body(SECRET, raw) == f"sha256={digest}"
    assert verify_signature(SECRET, raw, f"sha256={digest}")
    assert verify_signature(SECRET, raw, f"sha256={digest}".encode())


RAW = b'{"object":"whatsapp_business_account"}'
GOOD = sign_body(SECRET, RAW)


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "sha256=",
        GOOD.removeprefix("sha256="),
        GOOD.upper(),
        GOOD + "0",
        GOOD[:-1],
        GOOD.replace("sha256", "sha1"),
        "sha256=" + "é" * 64,
        "sha256=\udcff\udcfe",
        b"\xff\xfe\x00",
        GOOD + "\udcff",
        "sha256=" + "\uff10" * 64,
    ],
)
def test_other_headers_do_not_pass(header):
    assert verify_signature(SECRET, RAW, header) is False


def test_one_changed_byte_or_key_breaks_it():
    assert not verify_signature(SECRET, RAW + b" ", GOOD)
    assert not verify_signature(SECRET + "x", RAW, GOOD)


def test_an_empty_secret_trusts_nobody():
    assert not verify_signature("", RAW, sign_body("", RAW))


@given(st.binary(), st.one_of(st.none(), st.text(), st.binary(), st.characters(categories=["Cs"])))
def test_any_header_may_be_asked_about(raw, header):
    assert verify_signature(SECRET, raw, header) is False
