"""Pages that are the same for everybody, and those that programs read."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from core import settings
from core.database import binding
from core.database.binding import db
from core.people import sessions
from core.settings import Settings
from intake_web.app import Application
from tests.harness import cast
from tests.harness.page import Visitor, within
from tests.intake_web.conftest import SETTINGS

LETTER = """From: Ayuda <a@b.cl>\r
To: rosa@correo.example\r
Subject: =?utf-8?q?V=C3=A1lida?= <b>\r
Date: Mon, 23 Nov 2026 10:00:00 -0300\r
Content-Type: text/plain; charset=utf-8\r
\r
Sigue http://127.0.0.1:8000/cuenta/validar/abc.def <script>alert(1)</script>\r
https://evil.example/x\r
"""


@pytest.fixture
def demo(database: str, tmp_path: Path) -> Application:
    letters = tmp_path / "correo" / "new"
    letters.mkdir(parents=True)
    for number, to in enumerate(("rosa@correo.example", "ana@correo.example")):
        (letters / f"17{number}.M1.host").write_bytes(LETTER.replace("rosa@correo.example", to).encode())
    given = {**SETTINGS, "AYUDA_ENV": "demo", "AYUDA_HOME": str(tmp_path), "AYUDA_SMTP_URL": f"maildir:{tmp_path / 'correo'}"}
    return Application(settings.load(given))


def test_the_landing_page_says_what_the_brief_says(visitor: Visitor) -> None:
    text = visitor.get("/").text
    for words in ("Consulta", "Reclamo", "Sugerencia", "Felicitación", "Un ticket a la vez", "Es gratuito", "tramitadores"):
        assert words in text
    for words in ("Historial de trámites", "segundo ticket", "solicitar una hora", "segura, oficial y actualizada"):
        assert words in text
    assert 'href="/ticket/nuevo"' in text
    assert 'href="/cuenta/nueva"' in text


@pytest.mark.parametrize("coding", ["gzip", ""])
@pytest.mark.parametrize("path", ["/", "/privacidad"])
def test_what_the_browser_has_is_not_sent_again(visitor: Visitor, path: str, coding: str) -> None:
    headers = {"Accept-Encoding": coding}
    page = visitor.get(path, headers)
    again = visitor.get(path, {**headers, "If-None-Match": page.header("ETag")})
    assert (again.status, again.body) == (304, b"")
    assert again.header("ETag") == page.header("ETag")
    assert again.header("Content-Length") == ""
    assert visitor.get(path, {**headers, "If-None-Match": '"other"'}).status == 200


def test_shared_pages_set_no_cookies(visitor: Visitor) -> None:
    for path in ("/", "/privacidad", "/terminos", "/accesibilidad", "/salud"):
        assert visitor.get(path).header("Set-Cookie") == ""


def test_the_stylesheet_travels_once(visitor: Visitor) -> None:
    path = visitor.get("/").text.split('rel="stylesheet" href="')[1].split('"')[0]
    page = visitor.get(path, {"Accept-Encoding": "gzip"})
    assert "immutable" in page.header("Cache-Control")
    assert page.header("Content-Type").startswith("text/css")
    assert b"@media print" in gzip.decompress(page.body)
    assert visitor.get(path.replace("estilo-", "estilo-x")).status == 404


def test_it_is_well_while_the_database_answers(visitor: Visitor) -> None:
    page = visitor.get("/salud")
    assert page.header("Content-Type") == "application/json"
    assert json.loads(page.text)["status"] == "ok"


def test_it_says_so_when_the_database_does_not_answer(site_settings: Settings, keys: None, tmp_path: Path) -> None:
    binding.bind(f"sqlite:///{tmp_path}/nowhere/ayuda.db")
    try:
        broken = Visitor(within(Application(site_settings)))
        assert broken.get("/salud").status == 503
        assert json.loads(broken.get("/salud").text)["status"] != "ok"
        assert broken.get("/").status == 200
        broken.cookies["sesion"] = "a" * 43
        page = broken.get("/portal")
        assert page.status == 503
        assert int(page.header("Retry-After")) > 0
        assert "no podemos atenderte" in page.text
        assert "base de datos" not in page.text
    finally:
        binding.unbind()


def test_what_was_typed_is_kept_when_the_database_does_not_answer(site_settings: Settings, keys: None, tmp_path: Path) -> None:
    binding.bind(f"sqlite:///{tmp_path}/nowhere/ayuda.db")
    try:
        broken = Visitor(within(Application(site_settings)))
        token = broken.get("/ingreso").form("ficha").fields["ficha"]
        broken.cookies["sesion"] = "a" * 43
        page = broken.post("/ticket/nuevo/detalle", {"texto": "No se pierde", "ficha": token})
        assert page.status == 503
        assert page.form("texto").fields["texto"] == "No se pierde"
    finally:
        binding.unbind()


def test_a_full_disk_is_said_what_was_typed_stays_and_the_log_tells_the_cause_once(
    sqlite_database: str, site_settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    account = cast.account()
    cast.write_draft(account)
    sender = Visitor(within(Application(site_settings)))
    sender.cookies["sesion"] = sessions.begin(account.id, remember=False).token
    details = sender.get("/ticket/nuevo/detalle")
    db.execute_sql(f"PRAGMA max_page_count = {db.execute_sql('PRAGMA page_count').fetchone()[0]}")
    page = details.send(texto="No se pierde. " * 600)
    assert page.status == 503
    assert "No queda espacio para guardar" in page.text
    assert page.form("texto").fields["texto"].startswith("No se pierde. No se pierde. ")
    assert caplog.messages == ["database: database or disk is full"]


def test_security_txt_says_whom_to_tell_and_until_when(visitor: Visitor) -> None:
    text = visitor.get("/.well-known/security.txt").text
    assert "Contact: http://127.0.0.1:8000/privacidad#seguridad" in text
    assert "Expires: 2027-05-22T00:00:00Z" in text
    assert 'id="seguridad"' in visitor.get("/privacidad").text


def test_the_demos_letters_are_listed_newest_first_and_filtered(demo: Application) -> None:
    visitor = Visitor(within(demo))
    page = visitor.get("/demo/correo")
    assert page.text.index("ana@correo.example") < page.text.index("rosa@correo.example")
    assert "rosa@correo.example" not in visitor.get("/demo/correo?para=ana@correo.example").text.split("<h2>")[1]


def test_a_letters_own_links_are_alive_and_nothing_else(demo: Application) -> None:
    page = Visitor(within(demo)).get("/demo/correo/170.M1.host")
    assert '<a href="/cuenta/validar/abc.def">http://127.0.0.1:8000/cuenta/validar/abc.def</a>' in page.text
    assert "<script" not in page.text
    assert 'href="https://evil' not in page.text


@pytest.mark.parametrize("key", ["x", "..", "%2e%2e%2fayuda.db", "170.M1.host%00"])
def test_no_other_file_is_a_letter(demo: Application, key: str) -> None:
    assert Visitor(within(demo)).get(f"/demo/correo/{key}").status == 404
