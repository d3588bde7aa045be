"""Sentences in the reader's language."""

from __future__ import annotations

import pytest

from core import language
from core.language import _, noted
from core.mail import letters
from core.people import applications


def test_spanish_is_spoken_until_somebody_asks_for_another_language() -> None:
    assert _("Continuar") == "Continuar"
    with language.using("ht"):
        assert (_("Continuar"), language.current()) == ("Kontinye", "ht")
    assert language.current() == "es"


def test_an_unknown_language_is_spanish() -> None:
    with language.using("xx"):
        assert (_("Continuar"), language.current()) == ("Continuar", "es")


@pytest.mark.parametrize("speaks", language.LANGUAGES)
def test_nothing_is_nothing_in_every_language(speaks: str) -> None:
    with language.using(speaks):
        assert _("") == ""


def test_what_is_noted_is_said_later() -> None:
    assert noted("Continuar") == "Continuar"


def test_what_nobody_translated_stays_spanish() -> None:
    with language.using("pt"):
        assert _("Palabras de otra parte") == "Palabras de otra parte"


def test_countries_are_named_and_ordered_in_the_readers_language() -> None:
    with language.using("en"):
        english = applications.countries()
    assert dict(english)["de"] == "Germany"
    assert english[:2] == (("ve", "Venezuela"), ("pe", "Peru"))
    rest = [name for _code, name in english[10:-2]]
    assert rest.index("Germany") < rest.index("Spain")
    assert dict(applications.countries())["de"] == "Alemania"


def test_a_letter_is_in_its_readers_language_and_names_the_procedure_as_buttons_do() -> None:
    values = {"tramite": "70000001", "name": "Residencia temporal", "link": "https://a.cl/portal", "folio": ""}
    subject, body = letters.compose("tramite-started", "ht", values)
    assert subject == "Demach ou a gen ID 70000001"
    assert "Residencia temporal" in body


def test_a_letter_in_a_language_that_nobody_writes_is_spanish() -> None:
    assert letters.compose("validation", "fr", {"link": "x"})[0] == "Valida tu correo"
