"""Every page of the site in every state: the gallery's, and those that only a letter, time or a second person brings about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from core import clock
from core.mail import outbox
from core.people import sessions
from core.tickets import desk
from core.tramites import history
from intake_web.app import Application
from intake_web.templating import STYLESHEET_PATH
from tests.harness import cast, multipart, samples
from tests.harness.page import Page, Visitor, within
from tests.intake_web import gallery
from tests.intake_web.people import BORN, NAMES, Citizen, check_ticket, details, folio_of, send, sign_in, sign_up, write_ticket
from tests.journeys import after_states, clock_states, fullest, hour_states, identity_states

Pages = dict[str, Page]

PASSWORD = {"clave": "otras palabras bien largas", "clave2": "otras palabras bien largas"}
WRONG = {"clave": "12345678", "clave2": "x"}
GUARDIAN = {"relacion": "madre", "responsable": "Rosa Ñamandú"}
LONG_NAME = "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwaren"


class Cast:
    """Makes the people of one walk, who all read one language."""

    def __init__(self, site: Application, speaks: str) -> None:
        self._site = site
        self._speaks = speaks

    def stranger(self) -> Visitor:
        """Somebody whom the site does not know."""
        return Visitor(within(self._site), {"Accept-Language": self._speaks})

    def citizen(self, **changed: object) -> Citizen:
        """Somebody with a validated account, signed in."""
        account = cast.account(**changed)  # type: ignore[arg-type]
        visitor = self.stranger()
        visitor.cookies |= {"sesion": sessions.begin(account.id, remember=False).token, "idioma": self._speaks}
        return Citizen(visitor, account)


@dataclass(frozen=True, slots=True)
class Walk:
    """What one language has to show."""

    pages: Pages
    stylesheet: Page


def every(site: Application, speaks: str) -> Walk:
    """All pages in one language, by a name of their own, and the stylesheet that they share."""
    people = Cast(site, speaks)
    pages = gallery.walk(people.stranger(), people.citizen())
    accounts = (_child, _validation, _session, _forgotten, _address, _family, _hand_over)
    later = (hour_states.every, clock_states.every, identity_states.every, after_states.every)
    for part in (*accounts, _tickets, _files, _inbox, *later, _problems):
        pages |= part(people)
    fullest_life = people.citizen()
    pages |= fullest.pages(fullest_life.visitor, fullest_life.account)
    return Walk(pages, people.stranger().get(STYLESHEET_PATH))


def _link(address: str, path: str) -> str:
    """The newest link to a path in the letters to an address."""
    found = [letter.body.partition(path)[2].split()[0] for letter in cast.letters_to(address) if path in letter.body]
    return path + found[-1]


def _child(people: Cast) -> Pages:
    page = send(people.stranger().get("/cuenta/nueva"), para_quien="nna").follow()
    pages = {"sign-up child names": send(page, **GUARDIAN).follow()}
    page = pages["sign-up child birth"] = send(pages["sign-up child names"], **NAMES).follow()
    page = pages["sign-up child e-mail"] = send(page, **{**BORN, "nacimiento_anio": "2016"}).follow()
    pages["sign-up child check"] = send(page, correo="rosa@correo.example", correo2="rosa@correo.example").follow()
    return pages


def _validation(people: Cast) -> Pages:
    email = "valida@correo.example"
    pages = {"sign-up done": sign_up(people.stranger(), email)}
    link = _link(email, "/cuenta/validar/")
    pages["not validated"] = sign_in(people.stranger(), email)
    page = pages["validate"] = people.stranger().get(link)
    pages["validated"] = send(page)
    pages["validate again"] = people.stranger().get(link)
    return pages


def _session(people: Cast) -> Pages:
    citizen = people.citizen()
    page = check_ticket(citizen.visitor, "Hola")
    details = citizen.visitor.get("/ticket/nuevo/detalle")
    citizen.visitor.cookies.pop("sesion")
    ask = send(details, texto="No se pierde").follow()
    return {
        "session over": ask,
        "session over, go on": send(ask, correo=citizen.account.email, clave=cast.PASSWORD).follow(),
        "check after": citizen.visitor.get(page.path),
        "languages": people.stranger().get("/idioma"),
    }


def _forgotten(people: Cast) -> Pages:
    citizen, visitor = people.citizen(), people.stranger()
    pages = {"forgotten sent": send(visitor.get("/clave/olvidada"), correo=citizen.account.email).follow()}
    page = pages["new password"] = visitor.get(_link(citizen.account.email, "/clave/nueva/"))
    pages["new password wrong"] = send(page, **WRONG)
    pages["new password done"] = send(page, **PASSWORD).follow()
    pages["new password again"] = visitor.get(page.path)
    return pages


def _address(people: Cast) -> Pages:
    citizen = people.citizen()
    sessions.begin(citizen.account.id, remember=True, device="Firefox en Android")
    page = citizen.visitor.get("/cuenta/seguridad/correo")
    send(page, correo="otra@correo.example", clave_actual=cast.PASSWORD)
    pages = {"safety waiting": citizen.visitor.get("/cuenta/seguridad")}
    for name, address in (("one", citizen.account.email), ("two", "otra@correo.example")):
        page = pages[f"address {name}"] = citizen.visitor.get(_link(address, "/cuenta/correo/"))
        pages[f"address {name} done"] = send(page).follow()
    return pages


def _family(people: Cast) -> Pages:
    about = {"para_quien": "nna", **GUARDIAN, "nacimiento_anio": "2015"}
    visitor = people.citizen(**about).visitor
    pages = {"child's portal": visitor.get("/portal"), "child's persons": visitor.get("/cuenta/personas")}
    page = pages["adult"] = visitor.get("/cuenta/personas/nueva").follow()
    pages["adult wrong"] = send(page)
    page = pages["adult names"] = send(page, para_quien="yo").follow()
    page = pages["adult birth"] = send(page, nombres=LONG_NAME, primer_apellido=LONG_NAME).follow()
    page = pages["adult check"] = send(page, **BORN).follow()
    pages["persons added"] = send(page).follow()
    pages["whom"] = visitor.get("/ticket/nuevo")
    pages["whom wrong"] = send(pages["whom"], persona="", tipo="")
    return pages


def _hand_over(people: Cast) -> Pages:
    citizen = people.citizen()
    number = _grown_up(citizen)
    page = citizen.visitor.get(f"/cuenta/personas/{number}/entregar")
    pages = {"persons of age": citizen.visitor.get("/cuenta/personas"), "hand over": page}
    pages["hand over wrong"] = send(page, correo="x")
    pages["handed over"] = send(page, correo="hija@correo.example").follow()
    page = pages["one's own"] = people.stranger().get(_link("hija@correo.example", "/cuenta/entrega/"))
    pages["one's own wrong"] = send(page, **WRONG)
    pages["one's own done"] = send(page, **PASSWORD)
    pages["one's own again"] = people.stranger().get(page.path)
    return pages


def _grown_up(citizen: Citizen) -> str:
    """The number of a child who came of age."""
    page = send(citizen.visitor.get("/cuenta/personas/nueva").follow(), **GUARDIAN).follow()
    page = send(page, **NAMES).follow()
    born = {"nacimiento_dia": "1", "nacimiento_mes": "1", "nacimiento_anio": str(clock.today().year - 17), "pais": "ht"}
    number = send(send(page, **born).follow()).location.partition("agregada=")[2]
    clock.advance(366 * 24 * 3600)
    citizen.visitor.cookies["sesion"] = sessions.begin(citizen.account.id, remember=False).token
    return number


def _tickets(people: Cast) -> Pages:
    citizen = people.citizen()
    visitor = citizen.visitor
    known = {"tipo": "Residencia temporal", "estado": "En análisis", "correo": citizen.account.email, "creado": "2026-03-12"}
    history.import_rows([{"id": str(number), **known} for number in range(12345670, 12345680)])
    pages = {"trámite": visitor.get("/portal/tramite?id=12345678"), "portal known": visitor.get("/portal")}
    send(visitor.get("/ticket/nuevo"), tipo="reclamo")
    pages["portal draft"] = visitor.get("/portal")
    send(send(visitor.get("/ticket/nuevo/materia"), materia="rt").follow(), categoria="rt-estado")
    page = pages["details with stages"] = visitor.get("/ticket/nuevo/detalle")
    pages["number with a slip"] = send(page, tramite_id="12345687", texto="Hola").follow()
    folio = folio_of(write_ticket(visitor, "x" * 400))
    _answer(folio)
    pages["answered"] = visitor.get(f"/ticket/{folio}")
    pages["second"] = write_ticket(visitor, "Otra vez").follow()
    pages["details known"] = visitor.get("/ticket/nuevo/detalle").follow()
    return pages


def _files(people: Cast) -> Pages:
    page = details(people.citizen())
    chosen = [(f"{'Ñandú' * 19} {number}.jpg", samples.jpeg(16 + number, 16)) for number in range(5)]
    page = multipart.send(page, [*chosen[:4], ("nada.pdf", b""), ("<b>.exe", b"MZ")], texto="Hola", tramite_id="12345678")
    pages = {"files refused": page, "files full": multipart.send(page, chosen[4:], texto="Hola", subir="si")}
    page = pages["check with files"] = multipart.send(page, texto="Hola", tramite_id="12345678").follow()
    page = pages["ticket with files"] = send(page).follow()
    pages["files refused, added"] = multipart.send(page, [*chosen[:1], ("nada.pdf", b"")])
    return pages


def _answer(folio: str) -> None:
    analyst = cast.analyst("Claudia Reyes")
    row = cast.row_of(folio, analyst)
    desk.claim(analyst, row.id)
    desk.reply(analyst, row.id, cast.row_of(folio, analyst).version, "Necesitas https://ejemplo.cl/" + "a" * 90, "key")


def _inbox(people: Cast) -> Pages:
    citizen = people.citizen()
    for number in range(60):
        outbox.write(
            "password-changed", address=citizen.account.email, language="es", account_id=citizen.account.id, link=f"/{number}"
        )
    return {f"inbox {leaf}": citizen.visitor.get(f"/portal/cartas?pagina={leaf}") for leaf in (1, 2, 3)}


def _problems(people: Cast) -> Pages:
    visitor = people.citizen().visitor
    page = people.stranger().get("/ingreso")
    answers = [send(page, correo="nadie@correo.example", clave="algo") for _ in range(10)]
    with _fault(lambda *_args: 1 / 0):
        broken = people.stranger().get("/cuenta/validar/x")
    return {
        "404": visitor.get("/ticket/AM-2026-000001-R"),
        "403": visitor.post("/ticket/nuevo", {"texto": "Hola"}, {"Origin": "https://evil.example"}),
        "405": visitor.post("/portal", {}),
        "422": visitor.post("/ticket/nuevo/detalle", {"texto": "Hola", "region": "x"}),
        "429": answers[-1],
        "500": broken,
    }


@contextmanager
def _fault(broken: Callable[..., object]) -> Iterator[None]:
    """One service fails as nobody foresaw."""
    from unittest.mock import patch

    with patch("core.people.accounts.link_standing", broken):
        yield
