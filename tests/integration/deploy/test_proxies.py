"""nginx and Caddy with our files: the webhook and the console come through, and nothing else."""

import json
import os
import re
import socket
import ssl
import subprocess
import time
from http.client import HTTPConnection, HTTPSConnection

import pytest

from benchmarks.machine import free_port
from settings import load_settings
from tests.integration.deploy.conftest import DEPLOY, needed

WEBHOOK = "/webhooks/whatsapp/webhook"
HIDDEN = ("/", "/health", "/ready", "/metrics", "/webhooks/whatsapp/", "/webhooks/rest/webhook")
NGINX = """
daemon off;
pid {directory}/nginx.pid;
error_log {directory}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {directory}/body;
    proxy_temp_path {directory}/proxy;
    fastcgi_temp_path {directory}/fastcgi;
    uwsgi_temp_path {directory}/uwsgi;
    scgi_temp_path {directory}/scgi;
    include {directory}/site.conf;
}}
"""


class Proxy:
    """A proxy that runs; `ask` goes through it as a customer's browser or Meta would."""

    def __init__(self, port, is_tls):
        self.port, self.is_tls = port, is_tls

    def ask(self, host, path, method="GET", body=None, **headers):
        """The status, and what the stand-in behind says arrived there."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        connection = self._connection()
        connection.request(method, path, body, {"Host": host, **given})
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, json.loads(content) if answer.status == 200 else {}

    def _connection(self):
        if not self.is_tls:
            return HTTPConnection("127.0.0.1", self.port, timeout=60)
        anybody = ssl.create_default_context()
        anybody.check_hostname, anybody.verify_mode = False, ssl.CERT_NONE
        return HTTPSConnection("127.0.0.1", self.port, timeout=60, context=anybody)


def nginx_site(directory, stand_ins, port, plain_port):
    """Our file with the ports of the test and a certificate signed by itself."""
    key, certificate = directory / "key.pem", directory / "certificate.pem"
    subprocess.run(
        [
            *(needed("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"),
            *("-subj", "/CN=bot.example", "-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
    )
    text = (DEPLOY / "nginx/ordering-assistant.conf").read_text()
    text = re.sub(r"listen \[::\].*;\n", "", text)
    text = text.replace("listen 443", f"listen 127.0.0.1:{port}")
    text = text.replace("listen 80;", f"listen 127.0.0.1:{plain_port};")
    text = re.sub(r"ssl_certificate /.*;", f"ssl_certificate {certificate};", text)
    text = re.sub(r"ssl_certificate_key /.*;", f"ssl_certificate_key {key};", text)
    (directory / "site.conf").write_text(with_ports(text, stand_ins))
    (directory / "nginx.conf").write_text(NGINX.format(directory=directory))
    return directory / "nginx.conf"


def with_ports(text, stand_ins):
    return text.replace("127.0.0.1:5005", f"127.0.0.1:{stand_ins['webhook']}").replace(
        "127.0.0.1:5090", f"127.0.0.1:{stand_ins['console']}"
    )


@pytest.fixture
def nginx(tmp_path, stand_ins):
    program, port, plain_port = needed("nginx"), free_port(), free_port()
    tmp_path.chmod(0o755)
    site = nginx_site(tmp_path, stand_ins, port, plain_port)
    checked = subprocess.run(
        [program, "-t", "-p", tmp_path, "-c", site], check=False, capture_output=True, text=True
    )
    assert checked.returncode == 0, checked.stderr
    with running([program, "-p", tmp_path, "-c", site], port):
        yield Proxy(port, is_tls=True), plain_port


@pytest.fixture
def caddy(tmp_path, stand_ins):
    program, port = needed("caddy"), free_port()
    site = tmp_path / "Caddyfile"
    ours = with_ports((DEPLOY / "caddy/Caddyfile").read_text(), stand_ins)
    site.write_text("{\n\tadmin off\n}\n" + ours)
    hosts = {
        "WEBHOOK_HOST": f"http://bot.example:{port}",
        "CONSOLE_HOST": f"http://console.example:{port}",
        "XDG_DATA_HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path),
    }
    command = [program, "run", "--adapter", "caddyfile", "--config", str(site)]
    with running(command, port, **hosts):
        yield Proxy(port, is_tls=False)


class running:
    """A program from its first answer on its port until the block ends."""

    def __init__(self, command, port, **environment):
        self.command, self.port = command, port
        self.environment = {**os.environ, **environment}

    def __enter__(self):
        self.popen = subprocess.Popen(
            self.command, env=self.environment, stderr=subprocess.DEVNULL, start_new_session=True
        )
        deadline = time.monotonic() + 60
        while not accepts(self.port):
            assert self.popen.poll() is None, "it ended"
            assert time.monotonic() < deadline, "it does not answer"
            time.sleep(0.05)

    def __exit__(self, *_):
        self.popen.terminate()
        self.popen.wait(60)


def accepts(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def only_what_is_meant_comes_through(proxy):
    status, seen = proxy.ask("bot.example", WEBHOOK, "POST", b"{}", X_Hub_Signature_256="sha256=00")
    assert (status, seen["server"], seen["path"], seen["body"]) == (200, "webhook", WEBHOOK, "{}")
    assert seen["headers"]["x-hub-signature-256"] == "sha256=00"
    status, seen = proxy.ask("bot.example", f"{WEBHOOK}?hub.mode=subscribe")
    assert (status, seen["path"]) == (200, f"{WEBHOOK}?hub.mode=subscribe")
    for path in HIDDEN:
        assert proxy.ask("bot.example", path)[0] == 404, path
    status, seen = proxy.ask("console.example", "/orders", X_Forwarded_For="10.9.8.7")
    assert (status, seen["server"], seen["path"]) == (200, "console", "/orders")
    assert seen["headers"]["x-forwarded-for"] == "127.0.0.1"
    return seen["headers"]


def test_nginx_with_a_certificate_signed_by_itself(nginx):
    proxy, _ = nginx
    headers = only_what_is_meant_comes_through(proxy)
    assert (headers["host"], headers["x-forwarded-proto"]) == ("console.example", "https")
    assert proxy.ask("bot.example", WEBHOOK, "POST", b"x" * 5_000_000)[0] == 413


def test_nginx_sends_plain_http_to_tls(nginx):
    _, port = nginx
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/login", headers={"Host": "console.example"})
    answer = connection.getresponse()
    assert answer.status == 301
    assert answer.headers["Location"] == "https://console.example/login"
    connection.close()


def test_caddy(caddy):
    headers = only_what_is_meant_comes_through(caddy)
    assert headers["host"].startswith("console.example")


def test_caddys_file_as_it_is_is_valid():
    hosts = {"WEBHOOK_HOST": "bot.example", "CONSOLE_HOST": "console.example"}
    checked = subprocess.run(
        [
            *(needed("caddy"), "validate", "--adapter", "caddyfile"),
            *("--config", str(DEPLOY / "caddy/Caddyfile")),
        ],
        env={**os.environ, **hosts},
        check=False,
        capture_output=True,
        text=True,
    )
    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize("file", ["nginx/ordering-assistant.conf", "caddy/Caddyfile"])
def test_nothing_but_the_webhook_and_the_console_stands_behind(file):
    """Rasa's own server is old: no proxy may lead to it."""
    configured = load_settings()
    ports = set(re.findall(r"127\.0\.0\.1:(\d+)", (DEPLOY / file).read_text()))
    assert ports == {str(configured.bot_port), str(configured.console_port)}
