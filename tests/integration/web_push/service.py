"""A push service of the tests' own: https, on this machine, keeps what it is sent."""

import datetime
import ipaddress
import ssl
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from web_push.encoding import decode_text
from web_push.encryption import read_point

DAY = datetime.timedelta(days=1)


class PushService:
    """`received` holds (path, headers, body) of each request; `status` is the next answers'."""

    def __init__(self, port, certificates):
        self.port, self.certificates = port, certificates
        self.received, self.status = [], 201

    @property
    def url(self):
        return f"https://push.example:{self.port}"

    def find_addresses(self, _host, _port):
        """Instead of a look-up: every push service is this one."""
        return ["127.0.0.1"]

    def claims(self, headers):
        """What the token says, once its signature fits the key beside it."""
        scheme, _, rest = headers["Authorization"].partition(" ")
        assert scheme == "vapid"
        parts = dict(part.strip().split("=", 1) for part in rest.split(","))
        key = read_point(decode_text(parts["k"]))
        return jwt.decode(parts["t"], key, algorithms=["ES256"], audience=self.url), parts["k"]


@contextmanager
def serve_push(directory):
    """A running push service; its certificate is for push.example."""
    files = write_certificate(directory)
    trusting = ssl.create_default_context(cafile=files[0])
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*files)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.service = PushService(server.server_port, trusting)
    thread = threading.Thread(
        daemon=True, target=server.serve_forever, kwargs={"poll_interval": 0.05}
    )
    thread.start()
    yield server.service
    server.shutdown()
    thread.join()
    server.server_close()


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        service = self.server.service
        service.received.append((self.path, dict(self.headers), body))
        self.send_response(service.status)
        if service.status in (301, 302, 307):
            self.send_header("Location", f"{service.url}/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def write_certificate(directory):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "push.example")])
    now = datetime.datetime.now(datetime.UTC)
    names = [x509.DNSName("push.example"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - DAY)
        .not_valid_after(now + DAY)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = directory / "certificate.pem", directory / "key.pem"
    paths[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return paths
