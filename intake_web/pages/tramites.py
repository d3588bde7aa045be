"""Procedures: what can be begun, beginning it, and how one's own stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from core import tokens
from core.errors import NotFound
from core.language import _
from core.people.account_views import Account, Person
from core.tickets import opening
from core.tickets.citizens import drafts
from core.tramites import history, stages, starting
from core.tramites.views import Procedure, Stage, Tramite
from intake_web import paging
from intake_web.pages.ticket import one_open
from intake_web.replies import Reply, go, show
from intake_web.visit import Visit

_PERSONS = "/cuenta/personas"


@dataclass(frozen=True, slots=True)
class Described:
    """A trámite as its owner sees it: its stage, and for whom it was begun, as far as that is known."""

    tramite: Tramite
    stage: Stage | None
    person: Person | None


def described(account: Account, tramites: Iterable[Tramite]) -> list[Described]:
    """Trámites with what can be said about them."""
    listed = list(tramites)
    begun = starting.begun_for(each.id for each in listed)
    return [Described(each, stages.stage_of(each), _known_person(account, begun.get(each.id))) for each in listed]


def listing(visit: Visit) -> Reply:
    """Everything that can be begun, the featured ones first."""
    return show(visit, "procedures.html", procedures=starting.procedures())


def procedure(visit: Visit, code: str) -> Reply:
    """What is known about a procedure; the one that asks how one's own stand is answered at once."""
    asked = starting.procedure(code)
    if asked.answered_here:
        return mine(visit, asked)
    return show(visit, "procedure.html", procedure=asked)


def mine(visit: Visit, asked: Procedure | None = None) -> Reply:
    """One's own trámites and how they stand, a page at a time."""
    account = visit.person
    known = history.tramites_of(account.email)
    leaf = paging.leaf(visit, len(known))
    listed = described(account, known[leaf.start : leaf.end])
    several = len(account.persons) > 1
    return show(visit, "tramites.html", tramites=listed, count=len(known), leaf=leaf, procedure=asked, several=several)


def confirm(visit: Visit, code: str) -> Reply:
    """For whom, and whether the person really wants to begin it."""
    return _show_confirm(visit, starting.procedure(code))


def begin(visit: Visit, code: str) -> Reply:
    """Begin a procedure, once however often the form is sent, and show its ID."""
    asked, account = starting.procedure(code), visit.person
    person = _chosen(visit)
    if person is None:
        return _show_confirm(visit, asked, {"persona": _("Elige para quién es el trámite.")})
    begun = starting.start(account, person.id, asked.id, visit.form["llave"])
    return go(_path(begun, nuevo="si"))


def one(visit: Visit) -> Reply:
    """One's own trámite: its ID, its stage, and the way to a ticket about it."""
    if not visit.query["id"]:
        return go("/portal/tramites")
    return _show_one(visit, history.tramite_of(visit.person.email, visit.query["id"]))


def ask_ticket(visit: Visit) -> Reply:
    """Begin a ticket about a trámite: its ID is filled in already."""
    account = visit.person
    found = history.tramite_of(account.email, visit.form["id"])
    (line,) = described(account, [found])
    person = line.person or _chosen(visit)
    if person is None:
        return _show_one(visit, found, {"persona": _("Elige para quién es el ticket.")} if account.persons else None)
    folio = opening.open_folio(person.id)
    if folio:
        return one_open.refuse(visit, person, folio)
    drafts.save(person.id, {"tramite_id": found.id, "sin_tramite": ""})
    return go(f"/ticket/nuevo?persona={person.id}" if len(account.persons) > 1 else "/ticket/nuevo")


def _show_confirm(visit: Visit, asked: Procedure, wrong: dict[str, str] | None = None) -> Reply:
    account = visit.person
    if asked.answered_here:
        return go(f"/tramites/{asked.id}")
    if not account.persons:
        return go(_PERSONS)
    status = 422 if wrong else 200
    key = visit.form["llave"] if wrong else tokens.random_token()
    return show(visit, "procedure_begin.html", status, errors=wrong, procedure=asked, key=key, **_who(account))


def _show_one(visit: Visit, found: Tramite, wrong: dict[str, str] | None = None) -> Reply:
    account = visit.person
    (line,) = described(account, [found])
    return show(
        visit,
        "tramite.html",
        422 if wrong else 200,
        errors=wrong,
        line=line,
        stages=stages.stages(),
        is_new=visit.query["nuevo"] == "si",
        **_who(account),
    )


def _who(account: Account) -> dict[str, object]:
    """The persons to choose from, when there are several."""
    persons = [(str(person.id), person.shown_name, "") for person in account.persons]
    return {"persons": persons, "several": len(persons) > 1, "account": account}


def _chosen(visit: Visit) -> Person | None:
    """For whom: the only one there is, or the one that was chosen; a stranger is not found."""
    account, named = visit.person, visit.form["persona"]
    if len(account.persons) == 1:
        return account.persons[0]
    if not named:
        return None
    person = account.person(int(named) if named.isascii() and named.isdigit() and len(named) < 18 else -1)
    if person is None:
        raise NotFound("")
    return person


def _known_person(account: Account, person_id: int | None) -> Person | None:
    return None if person_id is None else account.person(person_id)


def _path(tramite: Tramite, **more: str) -> str:
    return "/portal/tramite?" + urlencode({"id": tramite.id, **more})
