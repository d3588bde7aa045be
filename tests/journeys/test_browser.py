"""The whole line as a person walks it: in Chromium at a phone's size, with scripts and without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from core import tokens
from core.database import binding
from core.mail import outbox
from core.tickets import desk
from tests.harness import cast, samples
from tests.harness.server import Service

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Window

EMAIL = "wideline@correo.example"
PASSWORD = "tres gatos azules"
TEXT = "Hola:\n\nme pidieron más documentos y no sé cuáles."
ANSWER = "Te pedimos el certificado de antecedentes de tu país. Tienes 60 días."

pytestmark = pytest.mark.parametrize(
    ("database_url", "kind"), [("sqlite", "window"), ("postgresql", "window_without_scripts")], indirect=["database_url"]
)


@pytest.fixture
def browser_window(request: pytest.FixtureRequest, browser: Browser, kind: str) -> Window:
    return request.getfixturevalue(kind)  # type: ignore[no-any-return]


def last_letter(service: Service, to: str) -> str:
    """The newest letter to somebody, once everything written was delivered."""
    said = service.run("mail", "--once")
    assert said.returncode == 0, said.stderr
    files = sorted((service.home / "correo").glob("*/*"), key=lambda path: path.stat().st_mtime_ns)
    letters = [message_from_bytes(Path(file).read_bytes(), policy=policy.default) for file in files]
    theirs = [letter for letter in letters if to in str(letter["To"])]
    return str(theirs[-1].get_body(("plain",)).get_content())  # type: ignore[union-attr]


@contextmanager
def at_the_desk(service: Service) -> Iterator[None]:
    """The service's database bound in this process, as an analyst's terminal has it."""
    tokens.use_keys((service.settings["AYUDA_SECRET_KEY"],))
    outbox.configure(service.address, "Ayuda <ayuda@correo.example>")
    binding.bind(service.settings["AYUDA_DATABASE_URL"])
    try:
        yield
    finally:
        binding.unbind()


def answer(service: Service, folio: str) -> None:
    with at_the_desk(service):
        analyst = cast.analyst("Claudia Reyes")
        row = cast.row_of(folio, analyst)
        desk.claim(analyst, row.id)
        desk.reply(analyst, row.id, cast.row_of(folio, analyst).version, ANSWER, "key")


def press(window: Window, words: str) -> None:
    window.get_by_role("button", name=words, exact=True).click()


def sign_up(window: Window, address: str) -> None:
    window.goto(address)
    window.get_by_role("link", name="No tengo cuenta: crear una gratis").click()
    window.get_by_label("Para mí").check()
    press(window, "Continuar")
    press(window, "Continuar")  # nothing filled in: the page says so, and where
    assert window.get_by_role("alert").inner_text().startswith("Hay algo que corregir")
    window.get_by_label("Nombres").fill("Wideline")
    window.get_by_label("Primer apellido").fill("Saint-Louis")
    press(window, "Continuar")
    for label, value in (("Día", "3"), ("Mes", "2"), ("Año", "1990")):
        window.get_by_label(label, exact=True).fill(value)
    window.get_by_label("País de nacimiento").select_option(label="Haití")
    press(window, "Continuar")
    window.get_by_label("Correo electrónico", exact=True).fill(EMAIL)
    window.get_by_label("Confirma tu correo electrónico").fill(EMAIL)
    press(window, "Continuar")
    assert "Wideline Saint-Louis" in window.inner_text("main")
    window.get_by_label("Contraseña", exact=True).fill(PASSWORD)
    window.get_by_label("Confirma tu contraseña").fill(PASSWORD)
    press(window, "Crear cuenta")
    assert EMAIL in window.inner_text("main")


def prove_the_address(window: Window, service: Service) -> None:
    (link,) = re.findall(rf"{re.escape(service.address)}/cuenta/validar/\S+", last_letter(service, EMAIL))
    window.goto(link)
    press(window, "Validar mi correo electrónico")
    assert "Hola, Wideline Saint-Louis" in window.inner_text("main")


def sign_in(window: Window) -> None:
    press(window, "Salir")
    window.get_by_role("link", name="Ingresar").first.click()
    window.get_by_label("Correo electrónico").fill(EMAIL)
    window.get_by_label("Contraseña").fill(PASSWORD)
    window.get_by_label("Recuérdame").check()
    press(window, "Ingresar")
    assert "Estado de cuenta: Verificado" in window.inner_text("main")


def send_ticket(window: Window) -> str:
    window.get_by_role("link", name="Crear un ticket").click()
    for choice in ("Consulta", "Residencia temporal", "Me pidieron más documentos"):
        window.get_by_role("radio", name=re.compile(f"^{choice}")).check()
        press(window, "Continuar")
    window.get_by_label("ID de tu trámite").fill("N° 12.345.678")
    window.get_by_label("¿Qué necesitas?").fill(TEXT)
    choose_files(window)
    window.get_by_label("ID de tu trámite").press("Enter")
    assert "12345678" in window.inner_text("main")
    assert "resolución.pdf" in window.inner_text("main")
    press(window, "Enviar mi ticket")
    folio = window.locator(".folio").inner_text()
    assert "Te responderemos por correo a más tardar el" in window.inner_text("main")
    return folio


def choose_files(window: Window) -> None:
    """Two that are kept, one of them only at the second try, and one that is taken out again."""
    field, photo = "#adjuntos", {"name": "cédula.jpg", "mimeType": "image/jpeg", "buffer": samples.jpeg(turned=True)}
    window.set_input_files(field, [photo, {"name": "nota.docx", "mimeType": "", "buffer": samples.archive()}])
    press(window, "Subir y agregar otro")
    assert "«nota.docx» no es un PDF" in window.inner_text("main")
    assert window.get_by_label("¿Qué necesitas?").input_value() == TEXT
    window.set_input_files(field, [{"name": "resolución.pdf", "mimeType": "application/pdf", "buffer": samples.pdf("Hola")}])
    press(window, "Subir y agregar otro")
    press(window, "Quitar cédula.jpg")
    assert window.locator(".files li").count() == 1
    window.set_input_files(field, [photo])


def save_file(window: Window, name: str) -> bytes:
    with window.expect_download() as saved:
        window.get_by_role("link", name=name).click()
    assert saved.value.suggested_filename == name
    return Path(saved.value.path()).read_bytes()


def grade(window: Window, service: Service) -> None:
    """By the link in the letter, which needs no sign-in, once."""
    (link,) = re.findall(rf"{re.escape(service.address)}/encuesta/\S+", last_letter(service, EMAIL))
    for _ in range(2):
        window.goto(link)
        if window.get_by_role("radio").count():
            window.get_by_role("radio", name=re.compile("^7")).check()
            press(window, "Enviar mi nota")
        assert "Gracias por tu nota" in window.inner_text("main")


def ask_again(window: Window, service: Service, folio: str) -> None:
    """The answer was not enough: a second ticket, tied to the first."""
    window.goto(f"{service.address}/ticket/{folio}")
    window.get_by_role("link", name="La respuesta no fue suficiente").click()
    window.locator("textarea").fill("No me dijeron la fecha.")
    press(window, "Enviar segundo ticket")
    assert window.locator(".folio").first.inner_text() != folio
    assert folio in window.inner_text("main")


def ask_for_an_hour(window: Window, service: Service) -> None:
    """From the portal to a booked hour, with its letter."""
    window.goto(f"{service.address}/portal")
    window.get_by_role("link", name="Solicitar una hora en una oficina").click()
    window.get_by_role("link", name="Solicitar una hora", exact=True).click()
    press(window, "Continuar")
    window.get_by_role("link", name="Santiago").first.click()
    window.locator("main a[href*='/hora/horas']").first.click()
    window.get_by_role("radio").first.check()
    press(window, "Reservar esta hora")
    assert "Tu hora quedó reservada" in window.inner_text("main")
    assert "San Antonio 580" in last_letter(service, EMAIL)


def test_from_the_landing_page_to_the_hour_at_an_office(service: Service, browser_window: Window) -> None:
    window = browser_window
    complaints: list[str] = []
    window.on("console", lambda message: complaints.append(message.text) if "status of 4" not in message.text else None)
    window.on("request", lambda request: complaints.append(request.url) if service.address not in request.url else None)
    service.run("init")
    service.web()

    sign_up(window, service.address)
    prove_the_address(window, service)
    sign_in(window)
    folio = send_ticket(window)
    assert folio in last_letter(service, EMAIL)
    assert save_file(window, "resolución.pdf") == samples.pdf("Hola")
    assert b"ACME" not in save_file(window, "cédula.jpg")

    window.goto(f"{service.address}/ticket/nuevo")
    assert "Ya se registra una solicitud en proceso" in window.inner_text("main")
    window.get_by_role("link", name="Ver mi ticket").click()
    window.get_by_label("Agregar información").fill("Y otra cosa: viajo en enero.")
    press(window, "Agregar")
    assert "viajo en enero" in window.inner_text("main")

    answer(service, folio)
    assert ANSWER in last_letter(service, EMAIL)
    window.reload()
    assert ANSWER in window.inner_text("main")
    assert "Claudia Reyes" in window.inner_text("main")

    grade(window, service)
    ask_again(window, service, folio)
    ask_for_an_hour(window, service)
    assert complaints == []
