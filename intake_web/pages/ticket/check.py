"""The last step: all answers on one page, and the button that sends the ticket."""

from __future__ import annotations

from core import clock
from core.calendar import business
from core.errors import Conflict, Invalid
from core.identifiers import normalise_tramite
from core.language import _
from core.tickets import forms, opening
from core.tramites.catalogue import catalogue
from core.tramites.views import Categoria
from intake_web import words
from intake_web.pages.ticket.draft import CHECK, TOTAL, Writing, refuse_second
from intake_web.replies import Reply, go, show
from intake_web.visit import Visit


def show_check(visit: Visit, writing: Writing, wrong: dict[str, str] | None = None) -> Reply:
    """All answers on one page, each with a way to change it."""
    fields, known = writing.fields, catalogue()
    tipo, materia, categoria = known.tipo(fields["tipo"]), known.materia(fields["materia"]), writing.categoria
    if tipo is None or materia is None or categoria is None or writing.draft is None:
        return go(writing.path(writing.first_open()))
    return show(
        visit,
        "ticket_check.html",
        409 if wrong else 200,
        errors=wrong,
        fields=fields,
        asked=forms.asked(categoria),
        names=(_(tipo.name), words.named(materia.name), words.named(categoria.name)),
        tramite=normalise_tramite(fields["tramite_id"]),
        notice=forms.notice_date(fields),
        late=_term_is_over(categoria, fields),
        person=writing.person if writing.several else None,
        key=writing.draft.key,
        path=writing.path,
        number=TOTAL,
        total=TOTAL,
    )


def send(visit: Visit, writing: Writing) -> Reply:
    """Send the ticket; however often the button is pressed, it is one ticket."""
    if writing.draft is not None and writing.first_open() != CHECK:
        refuse_second(writing)
        return go(writing.path(writing.first_open()))
    try:
        folio = opening.open_ticket(visit.person, writing.person.id, visit.form["llave"])
    except Conflict as problem:
        if problem.folio or writing.draft is None:
            raise
        return show_check(visit, writing, {"llave": problem.message})
    except Invalid:
        return go(writing.path(writing.first_open()))
    return go(f"/ticket/{folio}")


def _term_is_over(categoria: Categoria, fields: dict[str, str]) -> bool:
    """Whether the person's own legal term has run out already."""
    notice = forms.notice_date(fields)
    if categoria.route != "plazo" or notice is None:
        return False
    return business.add_business_days(notice, categoria.term_days or 0) < clock.today()
