"""The pages in every language: chosen, remembered, guessed, complete."""

from __future__ import annotations

import gettext
import re
from urllib.parse import quote

import pytest

from core import language
from core.language import LANGUAGES
from core.people import accounts
from core.people.accounts import language_of
from intake_web import speech
from intake_web.app import Application
from intake_web.pages import landing
from tests.harness import cast
from tests.harness.page import Visitor, within
from tests.intake_web import gallery, markup
from tests.intake_web.people import Citizen, send, sign_in, sign_up

OTHERS = [code for code in LANGUAGES if code != "es"]
FIRST_WORDS = {"es": "¿En qué te podemos ayudar?", "en": "What can we help you with?", "ht": "Nan kisa nou ka ede ou?"}


@pytest.mark.parametrize(
    ("accepted", "spoken"),
    [
        ("", "es"),
        ("en", "en"),
        ("en-US,en;q=0.9", "en"),
        ("es-CL,es;q=0.9,en;q=0.8", "es"),
        ("de,en;q=0.5,pt-BR;q=0.7", "pt"),
        ("fr-HT,fr;q=0.9,en;q=0.8", "ht"),
        ("ht", "ht"),
        ("HT-ht", "ht"),
        ("fr-FR,fr", "es"),
        ("en;q=0, pt;q=0.1", "pt"),
        ("*", "es"),
        ("en;q=x,,;;,pt", "pt"),
        ("\x00" * 9_000, "es"),
        ("zz," * 5_000 + "en", "es"),
    ],
)
def test_the_first_visit_speaks_what_the_browser_asks_for(accepted: str, spoken: str) -> None:
    assert speech.guess(accepted) == spoken


@pytest.mark.parametrize(("code", "words"), FIRST_WORDS.items())
def test_the_landing_page_is_kept_in_every_language(visitor: Visitor, code: str, words: str) -> None:
    page = visitor.get("/", {"Accept-Language": code})
    assert words in page.text
    assert (page.header("Content-Language"), markup.tree(page).get("lang")) == (code, code)
    assert {"Accept-Language", "Cookie"} <= set(page.header("Vary").split(", "))


def test_what_a_browser_has_in_one_language_does_not_stand_for_another(visitor: Visitor) -> None:
    spanish = visitor.get("/")
    other = visitor.get("/", {"Accept-Language": "ht", "If-None-Match": spanish.header("ETag")})
    assert (other.status, other.header("Content-Language")) == (200, "ht")


@pytest.mark.parametrize("path", ["/", "/cuenta/nueva", "/ingreso?siguiente=/ticket/nuevo", "/privacidad"])
def test_every_page_offers_the_other_languages_and_leads_back(visitor: Visitor, path: str) -> None:
    links = re.findall(r'<a href="(/idioma[^"]+)" lang="(\w\w)"', visitor.get(path).text)
    assert [code for _link, code in links] == OTHERS
    for link, code in links:
        back = visitor.get(link.replace("&amp;", "&"))
        assert (back.status, back.location) == (303, path)
        assert back.follow().header("Content-Language") == code


def test_the_choice_is_remembered_whatever_the_browser_asks_for(visitor: Visitor) -> None:
    cookie = visitor.get("/idioma?a=pt&de=/").header("Set-Cookie")
    assert all(part in cookie for part in ("idioma=pt", "Max-Age=31536000", "HttpOnly", "SameSite=Lax"))
    assert visitor.get("/ingreso", {"Accept-Language": "en"}).header("Content-Language") == "pt"


@pytest.mark.parametrize("cookie", ["xx", "es-CL", "../en", "", "EN"])
def test_a_cookie_that_is_not_ours_counts_for_nothing(visitor: Visitor, cookie: str) -> None:
    visitor.cookies["idioma"] = cookie
    assert visitor.get("/", {"Accept-Language": "en"}).header("Content-Language") == "en"


@pytest.mark.parametrize(
    "path",
    [
        *(
            "//evil.example",
            "/\\evil.example",
            "https://evil.example/",
            "/%09/evil.example",
            "/\t/evil.example",
            "javascript:alert(1)",
        ),
        *("/nada", "/salir", "", "/.//evil.example", "/ingreso\r\nSet-Cookie: a=b", "/" * 3_000, "/ñ"),
    ],
)
def test_only_pages_of_ours_are_gone_back_to(visitor: Visitor, path: str) -> None:
    page = visitor.get(f"/idioma?a=en&de={quote(path)}")
    assert (page.status, page.location) == (303, "/")


@pytest.mark.parametrize("query", ["", "?a=fr", "?a=", "?de=/portal", "?a=<b>&de=/ingreso"])
def test_without_a_language_of_ours_one_can_choose(visitor: Visitor, query: str) -> None:
    page = visitor.get(f"/idioma{query}")
    assert page.status == 200
    assert all(name in page.text for name in LANGUAGES.values())
    assert page.header("Set-Cookie") == ""


def test_a_refused_form_leads_back_to_the_page_it_stood_on(visitor: Visitor) -> None:
    here = "http://127.0.0.1:8000/ingreso?siguiente=/portal"
    assert 'de=/cuenta/reenviar"' in send(visitor.get("/cuenta/reenviar"), correo="x").text
    assert "de=/ingreso%3Fsiguiente%3D/portal" in visitor.post("/ingreso", {"correo": "x"}, {"Referer": here}).text
    assert "evil" not in visitor.post("/ingreso", {"correo": "x"}, {"Referer": "https://evil.example/evil"}).text


def test_the_account_speaks_the_language_that_its_person_chose(citizen: Citizen, site: Application) -> None:
    citizen.visitor.get("/idioma?a=ht&de=/portal")
    assert language_of(citizen.account.id) == "ht"
    elsewhere = Visitor(within(site))
    sign_in(elsewhere, citizen.account.email)
    assert elsewhere.cookies["idioma"] == "ht"
    assert elsewhere.get("/portal").header("Content-Language") == "ht"


def test_a_language_chosen_before_signing_in_becomes_the_accounts(citizen: Citizen, site: Application) -> None:
    elsewhere = Visitor(within(site))
    elsewhere.get("/idioma?a=en&de=/ingreso")
    sign_in(elsewhere, citizen.account.email)
    assert language_of(citizen.account.id) == "en"


def test_without_a_cookie_the_account_is_asked(citizen: Citizen) -> None:
    accounts.set_language(citizen.account.id, "pt")
    assert citizen.visitor.get("/portal", {"Accept-Language": "en"}).header("Content-Language") == "pt"


def test_another_site_can_name_a_language_but_not_change_the_account(citizen: Citizen) -> None:
    citizen.visitor.get("/idioma?a=ht&de=/", {"Sec-Fetch-Site": "cross-site"})
    assert language_of(citizen.account.id) == "es"


def test_whoever_signs_up_gets_letters_in_the_language_of_the_pages(site: Application) -> None:
    visitor = Visitor(within(site), {"Accept-Language": "ht"})
    sign_up(visitor, "rosa@correo.example")
    assert [letter.subject for letter in cast.letters_to("rosa@correo.example")] == ["Valide imel ou"]


def test_refusals_and_lost_pages_speak_the_language_too(citizen: Citizen, site: Application) -> None:
    visitor = Visitor(within(site), {"Accept-Language": "en"})
    lost = visitor.get("/nada")
    assert (lost.status, lost.header("Content-Language")) == (404, "en")
    assert "We could not find this page" in lost.text
    assert "We could not find this page" in visitor.get("/%C3%B1").text
    assert "This page takes no forms" in visitor.get("/salir").text
    assert "Send it again" in visitor.post("/ingreso", {}).text


def test_names_keep_the_spanish_beside_the_translation(citizen: Citizen) -> None:
    citizen.visitor.cookies["idioma"] = "ht"
    page = send(citizen.visitor.get("/ticket/nuevo"), tipo="consulta").follow()
    assert 'Rezidans tanporè <span lang="es">(Residencia temporal)</span>' in page.text
    page = send(page, materia="rt").follow()
    assert markup.tree(page).findtext(".//title", "").startswith("Rezidans tanporè (Residencia temporal)")
    citizen.visitor.cookies["idioma"] = "es"
    assert '<span lang="es">(' not in citizen.visitor.get("/ticket/nuevo/materia").text


class Overheard(gettext.NullTranslations):
    """Stands behind a catalogue and remembers what it did not know."""

    def __init__(self) -> None:
        super().__init__()
        self.unknown: set[str] = set()

    def gettext(self, message: str) -> str:
        self.unknown.add(message)
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        self.unknown.add(msgid1)
        return msgid2


@pytest.mark.parametrize("code", OTHERS)
def test_no_page_says_a_sentence_that_is_not_in_the_catalogue(
    site: Application, citizen: Citizen, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    overheard, fresh = Overheard(), language.catalogue.__wrapped__(code)
    fresh.add_fallback(overheard)
    monkeypatch.setattr(language, "catalogue", lambda _code: fresh)
    landing._kept.cache_clear()
    citizen.visitor.cookies["idioma"] = code
    pages = gallery.walk(Visitor(within(site), {"Accept-Language": code}), citizen)
    assert overheard.unknown == set()
    assert {page.header("Content-Language") for page in pages.values()} - {""} == {code}
