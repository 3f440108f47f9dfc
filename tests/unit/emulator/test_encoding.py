"""Meta's bytes and signatures, against vectors reckoned elsewhere."""

import hashlib
import hmac
import json

from emulator.encoding import encode_json, sign_payload

SECRET = "test-app-secret"


def test_encoding_and_signature_vectors():
    body = encode_json({"text": {"body": "café 😀 http://a/b"}})
    assert body == rb'{"text":{"body":"caf\u00e9 \ud83d\ude00 http:\/\/a\/b"}}'
    assert sign_payload(SECRET, body) == (
        "sha256=0e40a74d40f54d94a1a61b9b77dc760d36b76d234abdffa6019773a96d63f4ac"
    )


def test_signature_of_plain_bytes():
    body = b'{"object":"whatsapp_business_account"}'
    expected = "b6978b21c4467654c466607663db9b43fae44b71083568df403e0a077089208e"
    assert sign_payload(SECRET, body) == f"sha256={expected}"
    assert hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest() == expected


def test_encoding_loses_nothing():
    value = {"a": ["/", "\\/", "ü", "\ud800", 1.5, None, True], "b/c": {}}
    assert json.loads(encode_json(value)) == value
