"""A phone's browser with two windows, the way back and an impatient thumb: one ticket, no word lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from core.people import sessions
from core.tickets.citizens import following
from tests.harness import cast
from tests.harness.server import Service
from tests.journeys.test_browser import at_the_desk, press

if TYPE_CHECKING:
    from playwright.sync_api import Page as Window

ONE, OTHER = "De la primera ventana.", "De la segunda ventana."


def to_details(window: Window, address: str) -> None:
    window.goto(f"{address}/ticket/nuevo")
    for choice in ("Consulta", "Residencia temporal", "Estado o demora"):
        window.get_by_role("radio", name=re.compile(f"^{choice}")).check()
        press(window, "Continuar")


def fill(window: Window, text: str) -> None:
    window.get_by_label("No lo tengo").check()
    window.get_by_label("¿Qué necesitas?").fill(text)
    press(window, "Continuar")


def test_two_windows_the_way_back_and_a_double_click_make_one_ticket(
    sqlite_service: Service, window_without_scripts: Window
) -> None:
    service, window = sqlite_service, window_without_scripts
    service.run("init")
    service.web()
    with at_the_desk(service):
        owner = cast.account()
        token = sessions.begin(owner.id, remember=False).token
    window.context.add_cookies([{"name": "sesion", "value": token, "url": service.address}])
    to_details(window, service.address)
    second = window.context.new_page()
    second.goto(f"{service.address}/ticket/nuevo/detalle")

    window.get_by_role("link", name="Quiero escribir igual").click()
    fill(window, ONE)
    fill(second, OTHER)
    assert "En otra ventana guardaste otro texto" in second.inner_text("main")
    assert ONE in second.inner_text("main")
    press(second, "Continuar")

    press(window, "Enviar mi ticket")  # what this window shows is no longer what is kept
    assert "otra ventana" in window.inner_text("main")
    window.go_back()
    window.goto(f"{service.address}/ticket/nuevo/revisar")
    assert OTHER in window.inner_text("main")
    window.get_by_role("button", name="Enviar mi ticket").dblclick()
    window.locator(".folio").first.wait_for()
    press(second, "Enviar mi ticket")
    assert second.locator(".folio").first.inner_text() == window.locator(".folio").first.inner_text()

    window.go_back()
    window.goto(f"{service.address}/ticket/nuevo/detalle")
    assert "Ya tienes un ticket en proceso" in window.inner_text("main")
    with at_the_desk(service):
        (ticket,) = following.tickets_of(owner)
        assert [message.body for message in following.ticket_of(owner, ticket.folio).messages] == [OTHER]
