"""The whole way in and out in a real browser, to which the two sites are strangers: cookies, policies, colours, axe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page as Window

from tests.harness.claveunica import ClaveUnica, running
from tests.harness.claveunica_people import PASSWORD, ROSA
from tests.harness.server import Service

EMAIL = "rosa@correo.example"


@pytest.fixture
def there(sqlite_service: Service, tmp_path: Path) -> Iterator[ClaveUnica]:
    """ClaveÚnica for the site in its own process, which runs."""
    folder = tmp_path / "claveunica"
    folder.mkdir()
    for service in running(folder, sqlite_service.address):
        sqlite_service.settings |= service.settings
        assert sqlite_service.run("init").returncode == 0
        sqlite_service.web()
        yield service


def test_in_and_out_on_a_phone_without_scripts(
    window_without_scripts: Window, sqlite_service: Service, there: ClaveUnica
) -> None:
    window, home = window_without_scripts, sqlite_service.address
    window.goto(f"{home}/ingreso")
    window.click("text=ClaveÚnica")
    assert window.url.startswith(there.url)
    window.fill("[name=run]", ROSA.typed_run)
    window.fill("[name=clave]", PASSWORD)
    window.click("text=Ingresar")
    window.wait_for_url(f"{home}/claveunica/cuenta")
    _answer(window)
    window.wait_for_url(f"{home}/claveunica/enviada")
    window.goto(home + _letter_link(sqlite_service))
    window.click("main .btn")
    window.wait_for_url(f"{home}/portal*")
    assert "Rosa Elena Ñamandú" in window.inner_text("h1")
    window.click("text=Salir")
    window.wait_for_url(f"{home}/claveunica/salir")
    assert "Tu sesión está cerrada" in window.inner_text("h1")
    assert there.seen("/api/v1/accounts/app/logout")


def _answer(window: Window) -> None:
    window.fill("#correo", EMAIL)
    for part, value in (("dia", "1"), ("mes", "2"), ("anio", "1990")):
        window.fill(f"#nacimiento_{part}", value)
    window.select_option("#pais", "py")
    window.click("main .btn")


def _letter_link(service: Service) -> str:
    assert service.run("mail", "--once").returncode == 0
    letters = [path.read_text() for path in (service.home / "correo" / "new").iterdir()]
    found = re.search(r"/claveunica/correo/[\w.=-]+", "".join(letters).replace("=\n", ""))
    assert found is not None, letters
    return found[0]


def test_the_button_has_the_colours_of_the_manual(window: Window, sqlite_service: Service, there: ClaveUnica) -> None:
    window.emulate_media(reduced_motion="reduce")
    window.goto(f"{sqlite_service.address}/ingreso")
    button = window.get_by_label("Continuar con ClaveÚnica")
    look = "e => { const s = getComputedStyle(e); return [s.backgroundColor, s.outlineWidth, s.outlineStyle, s.outlineColor] }"
    assert button.evaluate(look)[0] == "rgb(15, 105, 196)"
    button.focus()
    assert button.evaluate(look)[1:] == ["4px", "solid", "rgb(255, 190, 92)"]
    button.hover()
    assert button.evaluate(look)[0] == "rgb(11, 78, 145)"
    assert (button.bounding_box() or {})["height"] >= 44


def test_axe_finds_nothing_on_its_pages(window: Window, sqlite_service: Service, there: ClaveUnica) -> None:
    home = sqlite_service.address
    for path in ("/ingreso", "/claveunica/callback?error=access_denied", "/claveunica/salir", "/claveunica/correo/x"):
        window.goto(home + path)
        _clean(window)
    window.goto(f"{home}/claveunica/inicio")
    window.fill("[name=run]", ROSA.typed_run)
    window.fill("[name=clave]", PASSWORD)
    window.click("text=Ingresar")
    window.wait_for_url(f"{home}/claveunica/cuenta")
    _clean(window)
    window.fill("#correo", "rosa")
    window.click("main .btn")
    window.wait_for_selector(".wrong")
    _clean(window)
    _answer(window)
    window.wait_for_url(f"{home}/claveunica/enviada")
    _clean(window)
    window.goto(home + _letter_link(sqlite_service))
    _clean(window)
    window.click("main .btn")
    window.wait_for_url(f"{home}/portal*")
    for path in ("/cuenta/seguridad", "/cuenta/seguridad/clave", "/cuenta/seguridad/correo"):
        window.goto(home + path)
        _clean(window)


def _clean(window: Window) -> None:
    """Nothing in the light, and no pale colours in the dark."""
    for scheme, options in (("light", {}), ("dark", {"runOnly": ["color-contrast"]})):
        window.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        found = Axe().run(window, options=options)
        assert found.response["violations"] == [], f"{window.url}, {scheme}\n{found.generate_report()}"
