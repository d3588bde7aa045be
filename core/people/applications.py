"""The sign-up form: what each field must be, and the sentence that tells how to mend it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path

from core import clock
from core.database.binding import unlocked
from core.errors import Invalid
from core.language import _, current
from core.people import names, passwords
from core.people.accounts import Applicant
from core.people.emails import NotAnAddress, canonical
from core.text import clean_line, is_blank

OLDEST = 125
ADULT_ACTS_UNDER = 14
FOR_WHOM = ("yo", "nna")
_DATA = Path(__file__).parent.parent.parent / "data"

Fields = Mapping[str, str]


def complaints(fields: Fields, wanted: tuple[str, ...]) -> dict[str, str]:
    """The wanted fields that cannot be accepted: name → sentence."""
    found = {}
    for name in wanted:
        words = _CHECKS[name](fields)
        if words:
            found[name] = words
    return found


@unlocked
def applicant(fields: Fields, password: str, repeated: str, visitor: str = "", address: str = "") -> Applicant:
    """A whole sign-up, checked, with the password hashed; raises `Invalid` naming every wrong field."""
    wrong = complaints(fields, tuple(_CHECKS)) | _password_complaints(password, repeated, fields.get("correo", ""))
    if wrong:
        raise Invalid(wrong)
    return Applicant(
        person=person_columns(fields),
        is_child=_for_child(fields),
        email=canonical(fields["correo"]),
        password_hash=passwords.hash_password(password),
        visitor=visitor,
        address=address,
    )


def person_columns(fields: Fields) -> dict[str, object]:
    """The checked fields of a person as they are kept."""
    single, child = _single(fields), _for_child(fields)
    return {
        "given_names": clean_line(fields["nombres"]),
        "first_surname": "" if single else clean_line(fields.get("primer_apellido", "")),
        "second_surname": "" if single else clean_line(fields.get("segundo_apellido", "")),
        "single_name": single,
        "birth_on": clock.day_number(_birth_date(fields) or clock.today()),
        "country": fields["pais"],
        "relation": fields.get("relacion", "") if child else "",
        "guardian": clean_line(fields.get("responsable", "")) if child else "",
    }


def countries() -> tuple[tuple[str, str], ...]:
    """Code and name of every country, in the reader's language and in the order in which it offers them."""
    return _countries(current())


@cache
def _countries(language: str) -> tuple[tuple[str, str], ...]:
    place = _DATA if language == "es" else _DATA / "languages" / language
    return tuple((row["id"], row["nombre"]) for row in json.loads((place / "countries.json").read_text("utf-8")))


@cache
def relations() -> tuple[tuple[str, str], ...]:
    """Code and name of what an adult can be to a child."""
    return tuple((row["id"], row["nombre"]) for row in json.loads((_DATA / "relations.json").read_text("utf-8")))


def _single(fields: Fields) -> bool:
    return bool(fields.get("un_nombre"))


def _for_child(fields: Fields) -> bool:
    return fields.get("para_quien") == "nna"


def _for_whom(fields: Fields) -> str:
    return "" if fields.get("para_quien") in FOR_WHOM else _("Elige para quién es la cuenta.")


def _name(field: str, required: bool) -> Callable[[Fields], str]:
    def check(fields: Fields) -> str:
        if _single(fields) and field != "nombres":
            return ""
        if field == "primer_apellido" and is_blank(fields.get(field, "")):
            return _("Escribe el primer apellido. Si el documento muestra un solo nombre, marca esa casilla.")
        return names.complaint(fields.get(field, ""), required)

    return check


def _birth_parts(fields: Fields) -> list[str]:
    return [fields.get(f"nacimiento_{part}", "").strip() for part in ("dia", "mes", "anio")]


def _no_date(parts: list[str]) -> str:
    """Why these three are no date, as whoever typed them can mend it."""
    if not all(part.isascii() and part.isdigit() for part in parts):
        return _("Escribe la fecha de nacimiento en números: día, mes y año, como 27 3 1985.")
    if len(parts[2]) != 4:
        return _("Escribe el año de nacimiento con sus cuatro cifras, como 1985.")
    return _("Esa fecha no existe. Revisa el día y el mes: primero va el día, después el mes.")


def _birth_date(fields: Fields) -> date | None:
    parts = _birth_parts(fields)
    if not all(part.isascii() and part.isdigit() for part in parts) or len(parts[2]) != 4 or max(map(len, parts)) > 4:
        return None
    day, month, year = map(int, parts)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _birth(fields: Fields) -> str:
    born, today = _birth_date(fields), clock.today()
    if born is None:
        return _no_date(_birth_parts(fields))
    if born > today:
        return _("La fecha de nacimiento no puede estar en el futuro.")
    if today.year - born.year > OLDEST:
        return _("Revisa el año de nacimiento: parece demasiado antiguo.")
    return _age_complaint(born, today, _for_child(fields))


def _age_complaint(born: date, today: date, for_child: bool) -> str:
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    if for_child and age >= 18:
        return _("Esta persona ya cumplió 18 años: puede crear su propia cuenta. Vuelve y elige «Para mí».")
    if not for_child and age < ADULT_ACTS_UNDER:
        return _("Si tienes menos de 14 años, una persona adulta debe crear la cuenta por ti.")
    return ""


def _country(fields: Fields) -> str:
    known = {code for code, _name_ in countries()}
    return "" if fields.get("pais") in known else _("Elige el país de nacimiento de la lista.")


def _email(fields: Fields) -> str:
    try:
        canonical(fields.get("correo", ""))
    except NotAnAddress as reason:
        return reason.message
    return ""


def _email_again(fields: Fields) -> str:
    try:
        same = canonical(fields.get("correo", "")) == canonical(fields.get("correo2", ""))
    except NotAnAddress:
        same = False
    return "" if same else _("Los dos correos no son iguales. Revísalos letra por letra.")


def _relation(fields: Fields) -> str:
    if not _for_child(fields) or fields.get("relacion") in {code for code, _name_ in relations()}:
        return ""
    return _("Elige qué eres de la niña, el niño o adolescente.")


def _guardian(fields: Fields) -> str:
    return names.complaint(fields.get("responsable", "")) if _for_child(fields) else ""


def _password_complaints(password: str, repeated: str, email: str) -> dict[str, str]:
    words = passwords.complaint(password, passwords.CITIZEN_MINIMUM, email)
    if words:
        return {"clave": words}
    return {} if password == repeated else {"clave2": _("Las dos contraseñas no son iguales. Escríbelas de nuevo.")}


_CHECKS: dict[str, Callable[[Fields], str]] = {
    "para_quien": _for_whom,
    "relacion": _relation,
    "responsable": _guardian,
    "nombres": _name("nombres", required=True),
    "primer_apellido": _name("primer_apellido", required=True),
    "segundo_apellido": _name("segundo_apellido", required=False),
    "nacimiento_dia": _birth,
    "pais": _country,
    "correo": _email,
    "correo2": _email_again,
}
