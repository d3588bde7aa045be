"""Hostile input on every page: no 5xx, nothing comes alive, what was typed is kept or refused at its field."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import quote

import pytest

from core import clock
from core.text import clean_block, clean_line, is_blank, visible
from core.tickets.citizens import drafts, following
from core.tickets.citizens.forms import LONGEST_TEXT
from intake_web.app import Application
from tests.corpus import Case, load
from tests.harness.page import Page, Visitor, within
from tests.harness.wants import sweep
from tests.intake_web import gallery, markup
from tests.intake_web.people import NAMES, Citizen, check_ticket, send

HOSTILE_WORDS = (
    '"><script>alert(1)</script>',
    "{{1234567*9}}${1234567*9}<%= 1234567*9 %>",
    "' OR 1=1 --",
    "\x1b]0;x\x07<img src=x onerror=a>",
)
SLOW_CLASSES = ("size", "redos")
PROOF = ("xss:html", "tpl:ssti", "uni:bidi", "term:escape", "sql", "bytes:invalid-utf8", "size")


def requests_of(*kinds: str) -> list[object]:
    """The cases about requests, of these classes."""
    return [pytest.param(case, id=case["id"]) for case in load("http_cases.jsonl") if case["class"] in kinds]


def texts(sample: int) -> list[Case]:
    """A sample of all texts, with at least one of each class that has bitten before."""
    cases = load("text.jsonl")
    firsts = [next(case for case in cases if case["class"] == kind) for kind in PROOF]
    return firsts + [case for case in sweep(cases, sample) if case not in firsts]


@contextmanager
def in_time(case: Case) -> Iterator[None]:
    started = time.thread_time()
    yield
    taken = time.thread_time() - started
    assert taken < (2 if case.get("class") in SLOW_CLASSES else 1), f"{case['id']} took {taken:.1f} s"


def raw(value: str | bytes) -> str | bytes:
    return value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value


@pytest.fixture
def log_is_quiet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    yield
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []


def fill(page: Page, **filled: str | bytes | None) -> Page:
    return send(page, **{name: raw(value) if value is not None else None for name, value in filled.items()})  # type: ignore[arg-type]


def as_details(citizen: Citizen) -> Page:
    drafts.drop(citizen.account.persons[0].id)
    page = send(citizen.visitor.get("/ticket/nuevo"), tipo="consulta").follow()
    page = send(page, materia="ot").follow()
    return send(page, categoria="ot-otro").follow()


def test_any_text_in_a_ticket_is_shown_as_text(citizen: Citizen, log_is_quiet: None) -> None:
    details = as_details(citizen)
    check = markup.shape(send(details, texto="Hola").follow())
    for case in texts(90):
        with in_time(case):
            page = fill(details, texto=case["value"]).follow()
        assert page.status in (200, 400, 413, 422), case["id"]
        if page.status == 200:
            assert markup.shape(page) == check, case["id"]
        elif page.status == 422 and isinstance(case["value"], str):
            typed = case["value"]
            assert is_blank(clean_block(typed)) or len(clean_block(typed)) > LONGEST_TEXT, case["id"]
            assert markup.value_of(page, "texto") == visible(typed), case["id"]


def test_any_text_is_kept_whole_in_the_ticket(citizen: Citizen, log_is_quiet: None) -> None:
    kept = [case for case in texts(30) if isinstance(case["value"], str)]
    kept = [case for case in kept if not is_blank(clean_block(case["value"])) and len(clean_block(case["value"])) <= LONGEST_TEXT]
    for case in kept:
        details = as_details(citizen)
        receipt = send(fill(details, texto=case["value"]).follow()).follow()
        assert receipt.status == 200, (case["id"], receipt.path, markup.words(receipt))
        (message,) = following.ticket_of(citizen.account, receipt.path.removeprefix("/ticket/")).messages
        assert message.body == clean_block(case["value"]), case["id"]
        shown = [element for element in markup.tree(receipt).iter("p") if element.get("class") == "said"]
        assert "".join(shown[0].itertext()) == visible(message.body), case["id"]
        send(citizen.visitor.get(f"{receipt.path}/desistir"))
        clock.advance(120)  # nobody may send so many in a row


def test_any_text_in_any_other_field_is_inert(site: Application, citizen: Citizen, log_is_quiet: None) -> None:
    visitor = Visitor(within(site))
    sign_in, names = visitor.get("/ingreso"), send(visitor.get("/cuenta/nueva"), para_quien="yo").follow()
    forms = {
        "names": (names, ("nombres", "primer_apellido", "segundo_apellido", "un_nombre")),
        "sign-in": (sign_in, ("correo", "clave", "siguiente", "recordarme")),
        "details": (as_details(citizen), ("tramite_id", "region", "fecha_notificacion", "sin_tramite")),
    }
    for name, (page, fields) in forms.items():
        refused = markup.shape(fill(page, **dict.fromkeys(fields, "<")))
        for case in texts(40):
            if name == "sign-in":
                page = visitor.get("/ingreso")
            with in_time(case):
                answer = fill(page, **dict.fromkeys(fields, case["value"]))
            assert answer.status in (303, 400, 413, 422, 429), (name, case["id"])
            if answer.status == 422 and len(markup.shape(answer)) == len(refused):
                assert markup.shape(answer) == refused, (name, case["id"])


def test_every_page_stays_what_it_is_with_hostile_words(
    site: Application, make_citizen: Callable[..., Citizen], log_is_quiet: None
) -> None:
    benign = gallery.walk(Visitor(within(site)), make_citizen(), "zz <", "zz <")
    for hostile in sweep(HOSTILE_WORDS, 2):
        pages = gallery.walk(Visitor(within(site)), make_citizen(), f"zz {hostile}", f"zz {hostile}")
        for name, page in pages.items():
            assert page.status == benign[name].status, (name, hostile)
            assert markup.shape(page) == markup.shape(benign[name]), (name, hostile)
            assert "11111103" not in page.text, (name, hostile)


@pytest.mark.parametrize("file", ["names_accept.jsonl", "names_reject.jsonl"])
def test_names_are_shown_as_typed(site: Application, log_is_quiet: None, file: str) -> None:
    visitor = Visitor(within(site))
    page = send(visitor.get("/cuenta/nueva"), para_quien="yo").follow()
    benign = markup.shape(send(page, **NAMES).follow())
    refused = markup.shape(send(page, **{**NAMES, "nombres": "<"}))
    for case in sweep(load(file), 40):
        with in_time(case):
            answer = send(page, **{**NAMES, "nombres": case["value"]})
        if file == "names_accept.jsonl" or answer.status == 303:
            assert answer.status == 303, case["id"]
            again = visitor.get("/cuenta/nueva/nombres")
            assert markup.shape(answer.follow()) == benign
            assert markup.value_of(again, "nombres") == clean_line(case["value"]), case["id"]
        else:
            assert markup.shape(answer) == refused, case["id"]


def test_addresses_are_taken_or_refused_at_their_field(site: Application, log_is_quiet: None) -> None:
    visitor = Visitor(within(site))
    page = send(visitor.get("/cuenta/nueva"), para_quien="yo").follow()
    page = send(page, **NAMES).follow()
    page = send(page, nacimiento_dia="1", nacimiento_mes="2", nacimiento_anio="1980", pais="pe").follow()
    for case in load("emails.jsonl"):
        with in_time(case):
            answer = fill(page, correo=case["value"], correo2=case["value"])
        wanted = {"accept": (303,), "reject": (422,)}.get(case["expect"], (303, 422))
        assert answer.status in wanted, case["id"]


def test_numbers_of_trámites_never_stop_anybody(citizen: Citizen, log_is_quiet: None) -> None:
    for case in load("tramite_ids.jsonl"):
        with in_time(case):
            page = check_ticket(citizen.visitor, "Hola", tramite_id=str(case["value"]), sin_tramite="si")
        assert page.status in (200, 422), case["id"]
        drafts.drop(citizen.account.persons[0].id)


@pytest.mark.parametrize("case", requests_of("header"))
def test_no_header_changes_what_links_say(citizen: Citizen, log_is_quiet: None, case: Case) -> None:
    if any(letter in case["value"] for letter in "\r\n\x00"):
        pytest.fail("no server hands such a header on")
    page = citizen.visitor.get("/portal", {case["header"]: case["value"]})
    assert page.status == 400 if case["header"] == "Host" else page.status in (200, 303)
    assert "evil.example" not in page.text + page.location
    assert "<script" not in page.text


@pytest.mark.parametrize("case", requests_of("form-shape"))
@pytest.mark.parametrize("path", ["/ingreso", "/cuenta/nueva", "/ticket/nuevo"])
def test_a_broken_body_is_refused_politely(citizen: Citizen, log_is_quiet: None, case: Case, path: str) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    page = citizen.visitor.ask("POST", path, headers, case["value"].encode())
    assert 400 <= page.status < 500
    assert "<h1>" in page.text


@pytest.mark.parametrize("case", requests_of("pagination", "sort/filter"))
def test_parameters_that_nobody_asked_for_change_nothing(citizen: Citizen, log_is_quiet: None, case: Case) -> None:
    plain = citizen.visitor.get("/portal")
    page = citizen.visitor.get(f"/portal?{case['param'].split('|')[0]}={quote(case['value'])}")
    assert page.status == 200
    assert markup.words(page) == markup.words(plain)


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("application/json", b'{"correo": 1}', 415),
        ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="a\x00"\r\n\r\n1\r\n--x--', 415),
        ("text/xml", b"<a/>", 415),
        ("", b"correo=x", 415),
        ("application/x-www-form-urlencoded", b"correo=%ff%fe", 400),
        ("application/x-www-form-urlencoded", b"correo=\xff\xfe", 400),
        ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % n for n in range(2000)), 400),
        ("application/x-www-form-urlencoded", b"correo=" + b"a" * 1_000_001, 413),
        ("application/x-www-form-urlencoded; charset=utf-7", b"correo=x", 422),
        ("application/x-www-form-urlencoded", b"", 422),
    ],
)  # fmt: skip
def test_what_no_form_sends_is_refused(visitor: Visitor, log_is_quiet: None, kind: str, body: bytes, status: int) -> None:
    visitor.get("/ingreso")
    page = visitor.ask("POST", "/ingreso", {"Content-Type": kind}, body)
    assert page.status == status
    assert "<h1>" in page.text


@pytest.mark.parametrize(
    "path", ["/%00", "/%ff", "/..%2f..%2fetc/passwd", "/static/../app.py", "/ticket/%0d%0aX:1", "/" + "a" * 5000]
)
def test_odd_addresses_are_not_found(visitor: Visitor, log_is_quiet: None, path: str) -> None:
    assert visitor.get(path).status in (303, 404)


@pytest.mark.parametrize(
    "cookie", ["sesion=" + "A" * 6000, "sesion=../../x", "a=\x01", "sesion=;;;=;visita", "visita=%00; sesion=\xff"]
)
def test_odd_cookies_are_nobodys(visitor: Visitor, log_is_quiet: None, cookie: str) -> None:
    page = visitor.get("/portal", {"Cookie": cookie})
    assert page.status == 303
