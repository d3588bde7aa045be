"""The last step: all answers on one page, and the button that sends the ticket."""

from __future__ import annotations

from datetime import date

from core import clock
from core.calendar import business
from core.errors import Conflict, Invalid
from core.language import _
from core.tickets import enclosing, opening
from core.tickets.citizens import drafts, forms
from core.tramites import history, slips
from core.tramites.catalogue import catalogue
from core.tramites.catalogue_views import Categoria
from core.tramites.views import Tramite
from intake_web import words
from intake_web.pages.ticket import one_open
from intake_web.pages.ticket.draft import CHECK, START, TOTAL, Writing, writing_of
from intake_web.replies import Reply, go, show
from intake_web.visit import Visit


def show_check(visit: Visit, writing: Writing, wrong: dict[str, str] | None = None) -> Reply:
    """All answers on one page, each with a way to change it."""
    fields, known = writing.fields, catalogue()
    tipo, materia, categoria = known.tipo(fields["tipo"]), known.materia(fields["materia"]), writing.categoria
    if tipo is None or materia is None or categoria is None or writing.draft is None:
        return go(writing.path(writing.first_open()))
    own_term = _own_term(categoria, fields)
    return show(
        visit,
        "ticket_check.html",
        409 if wrong else 200,
        errors=wrong,
        fields=fields,
        asked=forms.asked(categoria),
        names=(_(tipo.name), words.named(materia.name), words.named(categoria.name)),
        tramite=slips.understand(fields["tramite_id"], _own(visit, categoria, fields)),
        notice=forms.notice_date(fields),
        own_term=own_term,
        days_left=business.business_days_between(clock.today(), own_term) if own_term else 0,
        files=[each.name for each in enclosing.of_draft(writing.person.id)],
        person=writing.person if writing.several else None,
        key=writing.draft.key,
        path=writing.path,
        number=TOTAL,
        total=TOTAL,
    )


def take_number(visit: Visit) -> Reply:
    """Take the number that the check page proposed in the place of the one with a slip."""
    writing = writing_of(visit)
    if writing is None:
        return go(START)
    if writing.draft is not None and visit.form["tramite_id"]:
        writing = writing.now(drafts.save(writing.person.id, {"tramite_id": visit.form["tramite_id"], "sin_tramite": ""}))
    return go(writing.path(writing.first_open()))


def send(visit: Visit, writing: Writing) -> Reply:
    """Send the ticket; however often the button is pressed, it is one ticket."""
    try:
        folio = opening.open_ticket(visit.person, writing.person.id, visit.form["llave"])
    except Conflict as problem:
        return _not_sent(visit, writing, problem)
    except Invalid:
        return go(writing.path(writing.first_open()))
    return go(f"/ticket/{folio}")


def _not_sent(visit: Visit, writing: Writing, problem: Conflict) -> Reply:
    if problem.folio:
        return one_open.show_open(visit, writing, problem.folio)
    if writing.draft is None:
        raise Conflict(_("Este borrador ya no está: lo borraste en otra ventana, o ya enviaste el ticket."))
    if writing.first_open() != CHECK:
        return go(writing.path(writing.first_open()))
    return show_check(visit, writing, {"llave": problem.message})


def _own(visit: Visit, categoria: Categoria, fields: dict[str, str]) -> tuple[Tramite, ...]:
    asked = categoria.tramite != "no" and fields["tramite_id"]
    return history.tramites_of(visit.person.email) if asked else ()


def _own_term(categoria: Categoria, fields: dict[str, str]) -> date | None:
    """The last day of the person's own legal term, when one runs."""
    notice = forms.notice_date(fields)
    if categoria.route != "plazo" or notice is None:
        return None
    return business.add_business_days(notice, categoria.term_days or 0)
