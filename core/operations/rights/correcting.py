"""Correcting one's own data, checked like those of a sign-up and left on record."""

from __future__ import annotations

from collections.abc import Mapping

from core.database import fulltext
from core.database.binding import writes
from core.errors import Invalid, NotFound
from core.language import _
from core.operations.rights import requests, words
from core.operations.rights.blocking import tell
from core.people import applications, standing
from core.people.account_views import Account, Person
from core.people.models import Person as PersonRow
from core.text import words as search_words
from core.tickets import finding, opening

NAMES = ("nombres", "primer_apellido", "segundo_apellido")
BIRTH = ("nacimiento_dia", "nacimiento_mes", "nacimiento_anio")
FIELDS = (*NAMES, "un_nombre", *BIRTH, "pais")
CHILDS_FIELDS = ("relacion", "responsable")


def as_typed(person: Person) -> dict[str, str]:
    """A person's data as the fields of the sign-up form."""
    born = person.birth_date
    return {
        "para_quien": "yo" if person.is_holder else "nna",
        "nombres": person.given_names,
        "primer_apellido": person.first_surname,
        "segundo_apellido": person.second_surname,
        "un_nombre": "si" if person.single_name else "",
        "nacimiento_dia": str(born.day) if born else "",
        "nacimiento_mes": str(born.month) if born else "",
        "nacimiento_anio": str(born.year) if born else "",
        "pais": person.country,
        "relacion": person.relation,
        "responsable": person.guardian,
    }


@writes
def correct(account: Account, person_id: int, fields: Mapping[str, str]) -> tuple[str, ...]:
    """Correct a person's data; the columns that changed. Raises `Invalid`, `NotFound`, `NotAllowed` while blocked."""
    person = account.person(person_id)
    if person is None:
        raise NotFound(_("Esa persona no está en tu cuenta."))
    standing.require_free_person(person_id)
    known = as_typed(person)
    typed = {**known, **{name: fields[name] for name in known if name in fields and name != "para_quien"}}
    wrong = applications.complaints(typed, _wanted(typed, known))
    if wrong:
        raise Invalid(wrong)
    return _keep(account, person_id, applications.person_columns(typed))


def _wanted(typed: Mapping[str, str], known: Mapping[str, str]) -> tuple[str, ...]:
    """A birth date that stays is not checked again: a child may have come of age since."""
    birth = () if all(typed[name].strip() == known[name] for name in BIRTH) else ("nacimiento_dia",)
    return (*NAMES, *birth, "pais", *CHILDS_FIELDS)


def _keep(account: Account, person_id: int, columns: Mapping[str, object]) -> tuple[str, ...]:
    row = PersonRow.get_by_id(person_id)
    changed = {name: value for name, value in columns.items() if getattr(row, name) != value}
    if not changed:
        return ()
    PersonRow.update(**changed).where(PersonRow.id == person_id).execute()
    finding.index_again(account.id)
    fulltext.unlearn(search_words(f"{row.given_names} {row.first_surname} {row.second_surname}"))
    if "birth_on" in changed:
        opening.route_again(person_id)
    said = _("Corregiste en tus datos: {fields}.").format(fields=", ".join(words.field(name) for name in changed))
    requests.keep_done(account, "rectificacion", said)
    tell(account, said)
    return tuple(changed)
