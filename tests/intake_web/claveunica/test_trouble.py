"""Whatever goes wrong has a sentence of its own, and passwords go on."""

from __future__ import annotations

import logging
from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

import pytest

from core import clock
from core.operations import doctor
from core.people import claveunica as service
from intake_web.app import Application
from tests.harness import cast
from tests.harness.claveunica import ClaveUnica
from tests.harness.claveunica_people import CLIENT_SECRET, ROSA
from tests.harness.page import Visitor, within
from tests.harness.processes import free_port
from tests.intake_web.claveunica.walks import PASSWORD_FORM, begin, changed, come_back, join, letter_link, refused
from tests.intake_web.people import send


def test_a_state_that_is_missing_wrong_or_used_signs_nobody_in(visitor: Visitor, claveunica: ClaveUnica) -> None:
    words = "no empezó en este navegador"
    back = claveunica.sign_in(begin(visitor))
    code = dict(parse_qsl(urlsplit(back).query))["code"]
    refused(visitor.get(f"/claveunica/callback?code={code}"), words, 400)
    refused(visitor.get(changed(back, state="x" * 43)), words, 400)
    assert claveunica.seen("/openid/token/") == [], "nobody is asked before the state is known"
    assert visitor.get(back).location == "/claveunica/cuenta"
    refused(visitor.get(back), words, 400)


def test_a_sign_in_begun_in_one_browser_does_not_end_in_another(
    site: Application, visitor: Visitor, claveunica: ClaveUnica
) -> None:
    back = claveunica.sign_in(begin(visitor))
    victim = Visitor(within(site))
    refused(victim.get(back), "no empezó en este navegador", 400)
    victim.get("/ingreso")
    refused(victim.get(back), "no empezó en este navegador", 400)


def test_where_one_was_going_and_nothing_of_the_address_stays_on_the_page(visitor: Visitor, claveunica: ClaveUnica) -> None:
    back = claveunica.cancel(begin(visitor, "/ticket/nuevo"))
    page = visitor.get(back)
    assert page.form("siguiente").fields["siguiente"] == "/ticket/nuevo"
    assert "/claveunica/inicio?siguiente=/ticket/nuevo" in page.text
    claveunica.misbehave(token="html")
    back = claveunica.sign_in(begin(visitor, "/ticket/nuevo"))
    page = visitor.get(back)
    assert page.form("siguiente").fields["siguiente"] == "/ticket/nuevo"
    assert not any(value in page.text for value in dict(parse_qsl(urlsplit(back).query)).values())


def test_two_tabs_can_both_be_on_their_way(visitor: Visitor, claveunica: ClaveUnica) -> None:
    first, second = begin(visitor), begin(visitor)
    assert visitor.get(claveunica.sign_in(second)).location == "/claveunica/cuenta"
    assert visitor.get(claveunica.sign_in(first)).location == "/claveunica/cuenta"


def test_a_sign_in_that_took_too_long_starts_again(visitor: Visitor, claveunica: ClaveUnica) -> None:
    back = claveunica.sign_in(begin(visitor))
    clock.advance(31 * 60)
    refused(visitor.get(back), "Elige ClaveÚnica para empezar de nuevo", 400)


def test_whoever_cancels_is_told_what_else_there_is(visitor: Visitor, claveunica: ClaveUnica) -> None:
    refused(visitor.get(claveunica.cancel(begin(visitor))), "No autorizaste el ingreso con ClaveÚnica", 200)


def test_another_error_of_the_page_there_is_no_error_here(visitor: Visitor, claveunica: ClaveUnica) -> None:
    claveunica.misbehave(authorize="server_error")
    back = urlsplit(claveunica.visitor().get(begin(visitor)).location)
    refused(visitor.get(f"{back.path}?{back.query}"), "ClaveÚnica no completó tu ingreso", 400)


def test_a_code_that_is_too_old_or_wrong_starts_again(visitor: Visitor, claveunica: ClaveUnica) -> None:
    words = "Pasó demasiado tiempo desde que ingresaste en ClaveÚnica"
    claveunica.misbehave(authorize="stale")
    refused(come_back(visitor, claveunica), words, 400)
    claveunica.misbehave()
    for code in ("otro", "", "ñ", "x" * 5000, "a b"):
        refused(visitor.get(changed(claveunica.sign_in(begin(visitor)), code=code)), words, 400)


def test_a_wrong_secret_is_ours_to_mend_and_in_the_log(
    build: Callable[..., Application], claveunica: ClaveUnica, caplog: pytest.LogCaptureFixture
) -> None:
    site = build(**{**claveunica.settings, "AYUDA_CLAVEUNICA_CLIENT_SECRET": "otro"})
    refused(come_back(Visitor(within(site)), claveunica), "no está bien configurado de nuestro lado", 503)
    assert "AYUDA_CLAVEUNICA_CLIENT_SECRET" in caplog.text
    assert "otro" not in caplog.text


@pytest.mark.parametrize("stage", ["token", "userinfo"])
@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("hang", "tardó demasiado en responder"),
        ("html", "envió una respuesta que no entendimos"),
        ("list", "envió una respuesta que no entendimos"),
        ("gateway", "no está disponible en este momento"),
        ("broken", "no está disponible en este momento"),
    ],
)
def test_what_breaks_there_is_said_here(
    visitor: Visitor, claveunica: ClaveUnica, monkeypatch: pytest.MonkeyPatch, stage: str, fault: str, words: str
) -> None:
    if (stage, fault) == ("userinfo", "list"):
        words = "no nos envió tu RUN"
    monkeypatch.setattr(service, "SECONDS", 0.4)
    claveunica.misbehave(**{stage: fault})
    refused(come_back(visitor, claveunica), words, 400 if "RUN" in words else 503)


def test_an_answer_is_waited_for_ten_seconds() -> None:
    assert service.SECONDS == 10


@pytest.mark.parametrize(
    ("fault", "words", "status"),
    [
        ("no_role", "no nos envió tu RUN", 400),
        ("no_name", "no nos envió tu nombre", 400),
        ("refuse", "envió una respuesta que no entendimos", 503),
    ],
)
def test_claims_that_are_missing_are_said(visitor: Visitor, claveunica: ClaveUnica, fault: str, words: str, status: int) -> None:
    claveunica.misbehave(userinfo=fault)
    refused(come_back(visitor, claveunica), words, status)


def test_no_personal_data_and_no_secret_gets_into_the_log(
    visitor: Visitor, claveunica: ClaveUnica, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "ayuda")
    for stage, fault in (("token", "html"), ("userinfo", "html"), ("userinfo", "no_role"), ("token", "broken")):
        claveunica.misbehave(**{stage: fault})
        back = claveunica.sign_in(begin(visitor))
        visitor.get(back)
        assert not any(word in caplog.text for word in dict(parse_qsl(urlsplit(back).query)).values())
    assert not any(word in caplog.text for word in (CLIENT_SECRET, str(ROSA.run), "Ñamandú"))
    assert caplog.text.count("WARNING") == 4


def test_when_it_is_down_the_sign_in_page_says_so_and_passwords_go_on(build: Callable[..., Application]) -> None:
    dead = {"AYUDA_CLAVEUNICA_URL": f"http://127.0.0.1:{free_port()}"}
    site = build(AYUDA_CLAVEUNICA_CLIENT_ID="x", AYUDA_CLAVEUNICA_CLIENT_SECRET="x", **dead)
    visitor, email = Visitor(within(site)), cast.account().email
    page = visitor.get("/claveunica/inicio?siguiente=/ticket/nuevo")
    refused(page, "ClaveÚnica no está disponible en este momento", 503)
    assert page.header("Retry-After")
    assert "ClaveÚnica no responde en este momento" in Visitor(within(site)).get("/ingreso").text
    assert send(page, correo=email, clave=cast.PASSWORD).location == "/ticket/nuevo"


def test_when_its_gateway_says_that_it_is_down_it_is(visitor: Visitor, claveunica: ClaveUnica) -> None:
    claveunica.misbehave(authorize="down")
    refused(visitor.get("/claveunica/inicio"), "ClaveÚnica no está disponible en este momento", 503)


def test_when_it_is_back_people_go_there_again(visitor: Visitor, claveunica: ClaveUnica) -> None:
    claveunica.misbehave(authorize="down")
    visitor.get("/claveunica/inicio")
    claveunica.misbehave()
    assert visitor.get("/claveunica/inicio").status == 503, "it is not asked again at once"
    service._health[claveunica.url] = (False, 0.0)
    assert "no responde" not in visitor.get("/ingreso").text
    assert visitor.get("/claveunica/inicio").status == 303


def test_the_doctor_knows_whether_it_answers(build: Callable[..., Application], claveunica: ClaveUnica) -> None:
    def finding(**more: str) -> tuple[bool, str]:
        found = doctor.examine(build(**more).site.settings)
        return next((each.in_order, each.words) for each in found if each.part == "ClaveÚnica")

    assert finding() == (True, "sin configurar: se ingresa con correo y contraseña")
    assert finding(**claveunica.settings) == (True, f"{claveunica.url} responde")
    dead = {**claveunica.settings, "AYUDA_CLAVEUNICA_URL": f"http://127.0.0.1:{free_port()}"}
    assert finding(**dead)[0] is False


def test_a_claveunica_that_hangs_never_holds_all_threads(visitor: Visitor, claveunica: ClaveUnica) -> None:
    back = claveunica.sign_in(begin(visitor))
    held = [service._lines.acquire() for _ in range(3)]
    refused(visitor.get(back), "Muchas personas están ingresando con ClaveÚnica", 503)
    assert begin(visitor), "people are still sent there"
    for _ in held:
        service._lines.release()


def test_beginning_over_and_over_is_slowed_down(visitor: Visitor) -> None:
    statuses = [visitor.get("/claveunica/inicio").status for _ in range(50)]
    assert (statuses[0], statuses[-1]) == (303, 429)


@pytest.mark.parametrize("token", ["x", "x.y.z", "a" * 400])
def test_a_link_that_is_none_says_so(visitor: Visitor, token: str) -> None:
    page = visitor.get(f"/claveunica/correo/{token}")
    assert page.status == 404
    assert "Este enlace no sirve" in page.text


def test_a_used_link_sends_people_back_to_claveunica(visitor: Visitor, claveunica: ClaveUnica) -> None:
    join(visitor, claveunica)
    page = visitor.get(letter_link())
    assert page.status == 409
    assert "/claveunica/inicio" in page.text


@pytest.mark.parametrize("path", ["/claveunica/cuenta", "/claveunica/enviada"])
def test_the_pages_of_a_first_visit_are_for_whoever_came_from_there(visitor: Visitor, path: str) -> None:
    assert PASSWORD_FORM in visitor.get(path).follow().text
