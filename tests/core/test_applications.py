"""The sign-up form takes the people of every country and refuses only what cannot be."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest

from core.errors import Invalid
from core.people import applications, names, passwords
from core.people.emails import NotAnAddress, canonical
from core.text import clean_line
from tests.corpus import load
from tests.harness.cast import PASSWORD, account, form
from tests.harness.cheap_passwords import REAL_COST

pytestmark = pytest.mark.usefixtures("sqlite_database")

BIRTHS = load("birth_dates.jsonl")
EMAILS = load("emails.jsonl")
PAIRS = load("email_pairs.jsonl")
PASSWORDS = load("passwords.jsonl")
NAMES = load("names_accept.jsonl")
NO_NAMES = load("names_reject.jsonl")


def by_id(case: dict[str, Any]) -> str:
    return str(case["id"])


def refused(fields: dict[str, str], password: str = PASSWORD, repeated: str | None = None) -> dict[str, str]:
    """Which fields of a form are refused, with the sentence for each."""
    try:
        applications.applicant(fields, password, password if repeated is None else repeated)
    except Invalid as reason:
        return reason.fields
    return {}


def test_a_form_filled_in_well_makes_an_applicant() -> None:
    ready = applications.applicant(form(correo="Ana@Correo.Example"), PASSWORD, PASSWORD)
    assert ready.email == "ana@correo.example"
    assert passwords.is_password(ready.password_hash, PASSWORD)


def test_an_empty_form_names_every_field() -> None:
    assert set(refused({}, "")) == {
        "para_quien",
        "nombres",
        "primer_apellido",
        "nacimiento_dia",
        "pais",
        "correo",
        "correo2",
        "clave",
    }


def test_every_refusal_is_a_sentence() -> None:
    assert all(words.endswith((".", "?")) and words[0].isupper() for words in refused({}, "").values())


def test_whoever_has_one_name_needs_no_surname() -> None:
    (person,) = account(un_nombre="1", nombres="Suharto", primer_apellido="").persons
    assert (person.shown_name, person.single_name) == ("Suharto", True)


def test_a_child_needs_an_adult_who_says_who_they_are() -> None:
    child = form(para_quien="nna", nacimiento_anio="2018")
    assert set(refused(child)) == {"relacion", "responsable"}
    relation = applications.relations()[0][0]
    assert refused({**child, "relacion": relation, "responsable": "Rosa Ñamandú"}) == {}


def test_whoever_is_of_age_signs_up_for_themselves() -> None:
    grown = form(para_quien="nna", relacion=applications.relations()[0][0], responsable="Rosa", nacimiento_anio="1985")
    assert set(refused(grown)) == {"nacimiento_dia"}


@pytest.mark.parametrize(("year", "accepted"), [("2012", True), ("2013", False)])
def test_from_fourteen_on_one_may_sign_up_alone(year: str, accepted: bool) -> None:
    young = form(nacimiento_dia="23", nacimiento_mes="11", nacimiento_anio=year)
    assert ("nacimiento_dia" not in refused(young)) == accepted


def test_the_two_addresses_must_be_the_same_inbox() -> None:
    assert "correo2" not in refused({**form(correo="ana@correo.example"), "correo2": " ANA@correo.example"})
    assert "correo2" in refused({**form(correo="ana@correo.example"), "correo2": "anna@correo.example"})


def test_the_two_passwords_must_be_the_same() -> None:
    assert set(refused(form(), PASSWORD, PASSWORD + "!")) == {"clave2"}


@pytest.mark.parametrize("country", ["xx", "xs", "ht", "ve", "cl"])
def test_unknown_and_stateless_are_countries_too(country: str) -> None:
    assert refused(form(pais=country)) == {}


@pytest.mark.parametrize("country", ["", "CL", "zz", "Chile"])
def test_a_country_that_is_not_offered_is_refused(country: str) -> None:
    assert set(refused(form(pais=country))) == {"pais"}


@pytest.mark.parametrize("case", NAMES, ids=by_id)
def test_a_name_of_any_country_is_stored_as_typed(case: dict[str, Any]) -> None:
    assert names.complaint(case["value"]) == ""
    assert clean_line(case["value"]) == unicodedata.normalize("NFC", case["value"].strip())


@pytest.mark.parametrize("case", NO_NAMES, ids=by_id)
def test_what_is_no_name_is_refused_or_harmless(case: dict[str, Any]) -> None:
    stored = clean_line(case["value"])
    assert names.complaint(case["value"]) or all(unicodedata.category(c)[0] != "C" for c in stored)


@pytest.mark.parametrize("case", BIRTHS, ids=by_id)
def test_birth_dates_that_exist_are_accepted_and_others_are_not(case: dict[str, Any]) -> None:
    day, month, year, *_ = [*str(case["value"] or "").split("-", 2), "", ""]
    fields = form(nacimiento_dia=day, nacimiento_mes=month, nacimiento_anio=year)
    words = applications.complaints(fields, ("nacimiento_dia",)).get("nacimiento_dia", "")
    too_young = "menos de 14" in words
    if case["expect"] == "accept":
        assert not words or too_young
    elif case["expect"] == "reject":
        assert words


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (("31", "2", "1990"), "no existe"),
        (("3", "27", "1990"), "primero va el día"),
        (("3", "2", "90"), "cuatro cifras"),
        (("3", "2", "019900"), "cuatro cifras"),
        (("tres", "2", "1990"), "en números"),
        (("٣", "2", "1990"), "en números"),
        (("", "", ""), "en números"),
        (("0", "0", "0000"), "no existe"),
    ],
)
def test_a_date_that_is_none_is_told_how_to_be_mended(typed: tuple[str, ...], words: str) -> None:
    fields = form(**dict(zip(("nacimiento_dia", "nacimiento_mes", "nacimiento_anio"), typed, strict=True)))
    assert words in refused(fields)["nacimiento_dia"]


@pytest.mark.parametrize("case", EMAILS, ids=by_id)
def test_addresses_that_a_letter_reaches_are_accepted_and_others_are_not(case: dict[str, Any]) -> None:
    try:
        address = canonical(case["value"])
    except NotAnAddress:
        assert case["expect"] != "accept"
    else:
        assert case["expect"] != "reject"
        assert canonical(address) == address


@pytest.mark.parametrize("case", PAIRS, ids=by_id)
def test_one_inbox_is_one_account_and_two_inboxes_are_two(case: dict[str, Any]) -> None:
    def spelled(text: str) -> str:
        try:
            return canonical(text)
        except NotAnAddress:
            return f"not an address: {text!r}"

    assert (spelled(case["a"]) == spelled(case["b"])) == case["same_account"]


@pytest.mark.parametrize("case", PASSWORDS, ids=by_id)
def test_passwords_are_judged_by_length_and_by_how_common_they_are(case: dict[str, Any]) -> None:
    words = passwords.complaint(case["value"], passwords.CITIZEN_MINIMUM, "ana.perez@correo.example")
    assert case["expect"] == "accept-or-4xx" or bool(words) == (case["expect"] == "reject"), words


@pytest.mark.parametrize(
    "password",
    [
        *(
            "Migraciones-2026!",
            "2026migraciones",
            "ayuda migraciones 2026",
            "M1gr4ci0nes2026",
            "Servicio Nacional de Migraciones",
        ),
        *("ana.perez2026", "AnaPerez", "2026ana_perez", "ana.perez@correo", "ana.perez@correo.example1985"),
        *("aaaaaaab", "P@ssw0rd2026!"),
    ],
)
def test_what_anybody_would_try_first_is_refused(password: str) -> None:
    assert passwords.complaint(password, passwords.CITIZEN_MINIMUM, "ana.perez@correo.example")


@pytest.mark.parametrize(
    "password", ["ana prefiere el mate", "perez y los 3 gatos", "migraciones de aves", "1985 fue lindo", "ñandú ñandú"]
)
def test_words_of_ones_own_are_no_reason_to_refuse(password: str) -> None:
    assert passwords.complaint(password, passwords.CITIZEN_MINIMUM, "ana.perez@correo.example") == ""


def test_a_password_typed_in_another_unicode_form_is_the_same_password() -> None:
    hashed = passwords.hash_password(unicodedata.normalize("NFD", "ñandú águila"))
    assert passwords.is_password(hashed, unicodedata.normalize("NFC", "ñandú águila"))


def test_a_hash_costs_what_owasp_asks_for() -> None:
    passes, kibibytes = REAL_COST
    assert passes >= 2
    assert kibibytes >= 19 * 1024
