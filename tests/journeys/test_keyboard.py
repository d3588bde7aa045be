"""The whole line with nothing but a keyboard: from the landing page to the receipt."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.harness.server import Service
from tests.journeys.test_browser import EMAIL, PASSWORD, TEXT, last_letter

if TYPE_CHECKING:
    from playwright.sync_api import Page as Window

_HERE = """() => { const e = document.activeElement; if (!e || e === document.body) return '';
  return (e.labels?.length ? e.labels[0].innerText : e.innerText || e.ariaLabel || '').trim() }"""
_SEEN = """() => { const e = document.activeElement, s = getComputedStyle(e), r = e.getBoundingClientRect();
  return s.outlineStyle !== 'none' && r.bottom > 0 && r.top < innerHeight }"""
FURTHEST = 60


def reach(window: Window, words: str) -> None:
    """Tab on until something that says these words first has the focus, and shows it."""
    for _ in range(FURTHEST):
        if window.evaluate(_HERE).startswith(words):
            assert window.evaluate(_SEEN), words
            return
        window.keyboard.press("Tab")
    raise AssertionError(f"{words!r} is not reached by Tab on {window.url}")


def enter(window: Window, words: str) -> None:
    """Press what says these words, and wait for the page it leads to."""
    reach(window, words)
    with window.expect_navigation():
        window.keyboard.press("Enter")


def write(window: Window, label: str, text: str) -> None:
    reach(window, label)
    window.keyboard.insert_text(text)


def choose(window: Window, first: str, wanted: str) -> None:
    """Go into a group of choices and down to one; the arrow keys choose."""
    reach(window, first)
    window.keyboard.press("Space")
    for _ in range(FURTHEST):
        if window.evaluate(_HERE).startswith(wanted):
            break
        window.keyboard.press("ArrowDown")
    assert window.evaluate("document.activeElement.checked")


def sign_up(window: Window) -> None:
    enter(window, "No tengo cuenta: crear una gratis")
    choose(window, "Para mí", "Para mí")
    enter(window, "Continuar")
    write(window, "Primer apellido", "Saint-Louis")
    enter(window, "Continuar")
    assert window.evaluate("document.activeElement.matches('[role=alert]')")  # what is wrong is said first
    enter_link_to_field(window)
    window.keyboard.insert_text("Wideline")
    enter(window, "Continuar")
    for label, value in (("Día", "3"), ("Mes", "2"), ("Año", "1990")):
        write(window, label, value)
    reach(window, "País de nacimiento")
    window.keyboard.type("Hait")
    enter(window, "Continuar")
    write(window, "Correo electrónico", EMAIL)
    write(window, "Confirma tu correo electrónico", EMAIL)
    window.keyboard.press("Enter")  # from a field, too
    window.wait_for_url("**/revisar")
    write(window, "Contraseña", PASSWORD)
    write(window, "Confirma tu contraseña", PASSWORD)
    enter(window, "Crear cuenta")


def enter_link_to_field(window: Window) -> None:
    """From the list of what is wrong to the field that it is about."""
    window.keyboard.press("Tab")
    window.keyboard.press("Enter")
    window.wait_for_function("document.activeElement.id === 'nombres'")


def send_ticket(window: Window) -> None:
    enter(window, "Crear un ticket")
    for first, wanted in (("Consulta", "Consulta"), ("", "Residencia temporal"), ("", "Me pidieron más documentos")):
        choose(window, first or first_choice(window), wanted)
        enter(window, "Continuar")
    write(window, "ID de tu trámite", "12345678")
    write(window, "¿Qué necesitas?", TEXT)
    enter(window, "Continuar")
    enter(window, "Enviar mi ticket")


def first_choice(window: Window) -> str:
    return str(window.locator("label:has([type=radio])").first.inner_text()).strip()


def test_from_the_landing_page_to_the_receipt(sqlite_service: Service, window: Window) -> None:
    service = sqlite_service
    service.run("init")
    service.web()
    window.goto(service.address)
    window.keyboard.press("Tab")
    assert window.evaluate(_HERE) == "Ir al contenido"
    sign_up(window)
    (link,) = re.findall(rf"{re.escape(service.address)}/cuenta/validar/\S+", last_letter(service, EMAIL))
    window.goto(link)
    enter(window, "Validar mi correo electrónico")
    enter(window, "Salir")
    enter(window, "Ingresar")
    write(window, "Correo electrónico", EMAIL)
    write(window, "Contraseña", PASSWORD)
    enter(window, "Ingresar")
    send_ticket(window)
    assert re.fullmatch(r"AM-20\d\d-\d{6}-\w", window.locator(".folio").inner_text())
    assert "Te responderemos por correo a más tardar el" in window.inner_text("main")
