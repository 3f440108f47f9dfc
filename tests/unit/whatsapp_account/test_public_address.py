"""Certificates as others see them: public, known to this machine alone, self-signed, wrong."""

import ssl
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from whatsapp_account import public_address
from whatsapp_account.public_address import BadCertificate, NotReached, ask_address


class Hello(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.path.encode())

    def log_message(self, *_):
        """Not into the test's output."""


@dataclass
class Certificate:
    """A certificate with its key; `path` holds both, as servers read them."""

    path: Path
    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate


@pytest.fixture
def certificates(tmp_path):
    """`certificates("shop", by=authority)`: one for `localhost`, self-signed without `by`."""

    def make(called, name="localhost", by=None, ends=2):
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, called)])
        now = datetime.now(UTC)
        made = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(by.certificate.subject if by else subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=5))
            .not_valid_after(now + timedelta(days=ends))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
            .add_extension(x509.BasicConstraints(called == "authority", None), critical=True)
            .sign(by.key if by else key, hashes.SHA256())
        )
        path = tmp_path / f"{called}.pem"
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        path.write_bytes(private + made.public_bytes(Encoding.PEM))
        return Certificate(path, key, made)

    return make


@pytest.fixture
def serve():
    """`serve(certificate)`: the address of a server that has it."""
    running = []

    def start(certificate):
        server = ThreadingHTTPServer(("127.0.0.1", 0), Hello)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate.path)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        running.append(server)
        return f"https://localhost:{server.server_port}/alive"

    yield start
    for server in running:
        server.shutdown()
        server.server_close()


@pytest.fixture
def trusted(monkeypatch):
    """`trusted(system=..., public=...)`: the lists of authorities."""

    def trust(system, public=None):
        monkeypatch.setenv("SSL_CERT_FILE", str(system.path))
        monkeypatch.delenv("SSL_CERT_DIR", raising=False)
        if public:
            monkeypatch.setattr(public_address, "DEFAULT_CA_BUNDLE_PATH", str(public.path))

    return trust


def test_a_certificate_of_a_public_authority_is_fine(certificates, serve, trusted):
    authority = certificates("authority")
    trusted(system=authority, public=authority)
    answer = ask_address(serve(certificates("shop", by=authority)), {"name": "Asha"})
    assert (answer.status, answer.text, answer.is_private) == (200, "/alive?name=Asha", False)


def test_a_certificate_that_only_this_machine_trusts_is_told(certificates, serve, trusted):
    authority = certificates("authority")
    trusted(system=authority)
    answer = ask_address(serve(certificates("shop", by=authority)))
    assert (answer.status, answer.is_private) == (200, True)


def test_a_self_signed_one_is_called_so(certificates, serve):
    with pytest.raises(BadCertificate, match="self-signed, so neither WhatsApp nor a phone"):
        ask_address(serve(certificates("shop")))


def test_one_from_nobody_known_is_called_so(certificates, serve):
    authority = certificates("authority")
    with pytest.raises(BadCertificate, match="from nobody that is known here"):
        ask_address(serve(certificates("shop", by=authority)))


def test_one_for_another_name_is_called_so(certificates, serve, trusted):
    authority = certificates("authority")
    trusted(system=authority, public=authority)
    with pytest.raises(BadCertificate, match="is for another name"):
        ask_address(serve(certificates("shop", name="elsewhere.example", by=authority)))


def test_one_that_has_expired_is_called_so(certificates, serve, trusted):
    authority = certificates("authority")
    trusted(system=authority, public=authority)
    with pytest.raises(BadCertificate, match="has expired"):
        ask_address(serve(certificates("shop", by=authority, ends=-1)))


def test_nobody_there_is_no_certificate():
    with pytest.raises(NotReached, match="no connection") as raised:
        ask_address("https://127.0.0.1:9/")
    assert not isinstance(raised.value, BadCertificate)
