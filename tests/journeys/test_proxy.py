"""The documented nginx in front of the real site: what visitors get, whose address counts, what logs keep."""

from __future__ import annotations

import http.client
import re
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from core import tokens
from core.database import binding
from core.errors import TooOften
from core.people import throttles
from tests.harness import multipart
from tests.harness.page import Answer, Page, Transport, Visitor
from tests.harness.processes import Process, answers, free_port, wait_until
from tests.harness.server import Service
from tests.harness.wants import lacking
from tests.journeys.installation import documented, service, tool

NAME = "ayuda.ejemplo.cl"
CERTIFICATE = Path(__file__).parents[1] / "harness" / "localhost.pem"
VISITOR, OTHER, CLAIMED = "127.0.0.2", "127.0.0.3", "127.0.0.4"  # every address of 127/8 is this machine's, on Linux
HSTS = "Strict-Transport-Security"
SECRET = "un-secreto-de-la-carta-de-alguien"


@dataclass(frozen=True, slots=True)
class Front:
    """A running nginx: its ports, and the folder of its logs."""

    plain: int
    secure: int
    home: Path

    def visitor(self, address: str = VISITOR) -> Visitor:
        """Somebody who comes from an address of this machine, over TLS."""
        return Visitor(over_tls(self.secure, address))

    def logged(self) -> str:
        """All that nginx has written down."""
        return "".join(path.read_text(errors="replace") for path in self.home.glob("*.log"))


def over_tls(port: int, source: str, name: str = NAME) -> Transport:
    """Requests over TLS, each on a connection of its own; the certificate is a test's."""
    context = ssl._create_unverified_context()

    def carry(method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        connection = http.client.HTTPConnection(name, timeout=20)
        raw = socket.create_connection(("127.0.0.1", port), 20, (source, 0))
        connection.sock = context.wrap_socket(raw, server_hostname=name)
        try:
            connection.request(method, path, body or None, dict(headers))
            response = connection.getresponse()
            return response.status, response.getheaders(), response.read()
        finally:
            connection.close()

    return carry


def configuration(home: Path, upstream: int, plain: int, secure: int) -> str:
    """A whole configuration around the documented site."""
    places = {
        "listen 80": f"listen 127.0.0.1:{plain}",
        "listen 443": f"listen 127.0.0.1:{secure}",
        "/etc/letsencrypt/live/ayuda.ejemplo.cl/fullchain.pem": str(CERTIFICATE),
        "/etc/letsencrypt/live/ayuda.ejemplo.cl/privkey.pem": str(CERTIFICATE),
        "/var/log/nginx/": f"{home}/",
        "http://127.0.0.1:8000": f"http://127.0.0.1:{upstream}",
    }
    site = re.sub(r"(?m)^.*listen \[::\].*\n", "", documented("nginx-ayuda.conf", places))
    rooms = "".join(f"{kind}_temp_path {home}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    ours = f"daemon off; master_process off; pid {home}/pid; error_log {home}/main-error.log; events {{}}\n"
    return f"{ours}http {{\naccess_log {home}/main.log;\n{rooms}{site}}}\n"


@contextmanager
def nginx(home: Path, upstream: int) -> Iterator[Front]:
    """The documented nginx in front of a port of this machine."""
    if sys.platform != "linux":
        lacking("more than one loopback address")
    plain, secure = free_port(), free_port()
    file = home / "nginx.conf"
    file.write_text(configuration(home, upstream, plain, secure), encoding="utf-8")
    command = [tool("nginx"), "-e", f"{home}/main-error.log", "-p", str(home), "-c", str(file)]
    tried = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
    process = Process(command, home / "said")
    wait_until(lambda: answers(secure) or not process.running, "nginx to answer")
    yield Front(plain, secure, home)
    process.stop()


@pytest.fixture(scope="module")
def site(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The site, as it runs behind a proxy."""
    running = service(sqlite_template, tmp_path_factory)
    running.settings |= {"AYUDA_ENV": "production", "AYUDA_BASE_URL": f"https://{NAME}", "AYUDA_TRUSTED_PROXIES": "127.0.0.1"}
    running.web()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def front(site: Service, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """nginx with the site behind it."""
    with nginx(tmp_path_factory.mktemp("nginx"), site.port) as running:
        yield running


@pytest.fixture
def front_alone(tmp_path: Path) -> Iterator[Front]:
    """nginx when the site behind it is down."""
    with nginx(tmp_path, free_port()) as running:
        yield running


def header_count(page: Page, name: str) -> int:
    return sum(given.lower() == name.lower() for given, _ in page.headers)


def test_visitors_are_sent_to_tls_and_get_the_sites_own_compressed_pages(front: Front) -> None:
    moved = Visitor(over_http(front.plain, VISITOR)).get("/ingreso?a=1")
    assert (moved.status, moved.location) == (301, f"https://{NAME}/ingreso?a=1")
    page = front.visitor().get("/", {"Accept-Encoding": "gzip"})
    assert (page.status, page.header("Content-Encoding")) == (200, "gzip")
    assert header_count(page, HSTS) == 1
    assert header_count(page, "Content-Security-Policy") == 1
    assert page.header("Server") == "nginx"


def test_whoever_calls_the_machine_by_another_name_gets_nothing(front: Front) -> None:
    with pytest.raises(http.client.RemoteDisconnected):
        Visitor(over_http(front.plain, VISITOR)).get("/", {"Host": "otro.example"})
    with pytest.raises(ssl.SSLError):
        Visitor(over_tls(front.secure, VISITOR, "otro.example")).get("/")


def test_the_address_that_counts_is_the_visitors_own_whatever_they_claim(site: Service, front: Front) -> None:
    exhaust_sign_ins(site, VISITOR)
    assert tries_to_sign_in(front.visitor(VISITOR)) == 429
    assert tries_to_sign_in(front.visitor(VISITOR), **claims(CLAIMED)) == 429
    assert tries_to_sign_in(front.visitor(OTHER), **claims(VISITOR)) == 422


def test_an_address_that_comes_past_the_proxy_is_not_believed(site: Service) -> None:
    exhaust_sign_ins(site, VISITOR)
    assert tries_to_sign_in(Visitor(over_http(site.port, VISITOR)), **claims(CLAIMED)) == 429


def exhaust_sign_ins(site: Service, address: str) -> None:
    """Use up what one address may try."""
    binding.bind(site.settings["AYUDA_DATABASE_URL"])
    with pytest.raises(TooOften):
        for _ in range(1000):
            throttles.spend("sign_in_address", address)
    binding.unbind()


def claims(address: str) -> dict[str, str]:
    """The headers of somebody who would like to come from elsewhere."""
    return {"X-Forwarded-For": address, "X-Real-IP": address, "Forwarded": f"for={address}"}


def tries_to_sign_in(visitor: Visitor, **headers: str) -> int:
    visitor.headers.update(headers)
    return visitor.get("/ingreso").send("clave", correo="nadie@correo.example", clave="tres cabras verdes").status


def over_http(port: int, source: str) -> Transport:
    """Requests without TLS from another address of this machine."""

    def carry(method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20, source_address=(source, 0))
        try:
            connection.request(method, path, body or None, {"Host": NAME, **headers})
            response = connection.getresponse()
            return response.status, response.getheaders(), response.read()
        finally:
            connection.close()

    return carry


def test_a_text_that_is_too_long_is_refused_in_the_sites_words(front: Front) -> None:
    visitor = front.visitor()
    visitor.get("/ingreso")
    page = visitor.post("/ingreso", {"correo": "x" * 1_500_000})
    assert (page.status, header_count(page, "Content-Security-Policy")) == (413, 1)
    assert "demasiado largo" in page.text
    longer = visitor.post("/ingreso", {"correo": "x" * 3_000_000})
    assert (longer.status, header_count(longer, HSTS)) == (413, 1)
    assert "demasiado largo" in longer.text


def test_a_form_with_files_reaches_the_site_and_a_far_too_heavy_one_is_told(front: Front) -> None:
    visitor = front.visitor()
    visitor.get("/ingreso")
    parts = [multipart.part("texto", b"Hola"), multipart.part("adjuntos", bytes(9_000_000), "foto.jpg")]
    page = multipart.post(visitor, "/ticket/nuevo/detalle", parts)
    assert (page.status, header_count(page, "Content-Security-Policy")) == (422, 1)
    assert "Hola" in page.text
    heavy = visitor.ask("POST", "/ticket/nuevo/detalle", {"Content-Length": "130000000"}, b"x")
    assert (heavy.status, header_count(heavy, HSTS)) == (413, 1)
    assert "envíalos de a uno" in heavy.text


def test_what_nginx_says_by_itself_is_in_spanish_and_says_when_to_come_back(front_alone: Front) -> None:
    away = front_alone.visitor().get("/ingreso")
    assert (away.status, away.header("Retry-After"), header_count(away, HSTS)) == (503, "60", 1)
    assert "Espera un minuto" in away.text
    hasty = first_refused(front_alone.visitor(OTHER), "/")
    assert (hasty.header("Retry-After"), header_count(hasty, HSTS)) == ("10", 1)
    assert "Espera unos segundos" in hasty.text


def first_refused(visitor: Visitor, path: str) -> Page:
    """The answer when it becomes too much for nginx."""
    return next(page for page in (visitor.get(path) for _ in range(2_000)) if page.status == 429)


def test_no_secret_of_a_letters_link_is_logged(front: Front) -> None:
    front.visitor(OTHER).get(f"/cuenta/validar/{SECRET}?de={SECRET}", {"Referer": f"https://{NAME}/cuenta/validar/{SECRET}"})
    wait_until(lambda: '"GET /cuenta/validar/-" 404' in front.logged(), "the visit in the log")
    assert SECRET not in front.logged()


def test_every_secret_of_a_link_is_as_long_as_the_log_takes_secrets_to_be(keys: None) -> None:
    assert "{30,}" in documented("nginx-ayuda.conf", {})
    assert min(len(tokens.issue("v", 1)), len(tokens.issue_short("v", 1)), len(tokens.random_token())) >= 30


def test_no_secret_of_a_letters_link_is_logged_when_things_go_wrong(front_alone: Front) -> None:
    visitor = front_alone.visitor()
    link = f"/cuenta/validar/{SECRET}"
    first_refused(visitor, link)
    front_alone.visitor(OTHER).post(link, {"correo": "x" * 3_000_000})
    wait_until(lambda: '"POST /cuenta/validar/-" 413' in front_alone.logged(), "the last visit in the log")
    assert '"GET /cuenta/validar/-" 503' in front_alone.logged()
    assert '"GET /cuenta/validar/-" 429' in front_alone.logged()
    assert SECRET not in front_alone.logged()
