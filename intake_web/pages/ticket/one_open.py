"""Somebody with a ticket open wants to write another: told kindly, with what can be done instead."""

from __future__ import annotations

from functools import partial

from core import tokens
from core.errors import Invalid
from core.language import _
from core.people.account_views import Person
from core.text import clean_block, is_blank
from core.tickets import notices, opening
from core.tickets.citizens import drafts, following, forms
from core.tickets.views import CitizenTicket
from intake_web import words
from intake_web.pages.ticket import files
from intake_web.pages.ticket.draft import Writing
from intake_web.replies import Reply, go, show
from intake_web.visit import Visit

_STATUS = 409


def show_open(visit: Visit, writing: Writing, folio: str) -> Reply:
    """The open ticket with its dates, and the ways on: add to it, give it up, tell of a running term."""
    ticket, fields = following.ticket_of(visit.person, folio), writing.fields
    return show(
        visit,
        "ticket_open.html",
        _STATUS,
        sentence=_(opening.ONE_AT_A_TIME),
        ticket=ticket,
        about=words.about(ticket.tipo, ticket.categoria),
        several=writing.several,
        text="" if _was_said(ticket, fields["texto"]) else fields["texto"],
        key=tokens.random_token(),
        **_term_form(ticket, fields),
    )


def keep_and_show(visit: Visit, writing: Writing, folio: str) -> Reply:
    """The same, after what was typed and chosen in another window is kept as a draft: none of it is lost."""
    files.take_into_draft(visit, writing.person)
    typed = {name: visit.form[name] for name in drafts.FIELDS if name in visit.form}
    text = typed.get("texto", "")
    if not is_blank(text) and not _was_said(following.ticket_of(visit.person, folio), text):
        writing = writing.now(drafts.save(writing.person.id, typed, visit.form["hoja"]))
    return show_open(visit, writing, folio)


def refuse(visit: Visit, person: Person, folio: str) -> Reply:
    """The same for a page that is no step of the form."""
    return show_open(visit, Writing(person, len(visit.person.persons) > 1, partial(drafts.read, person.id)), folio)


def ask_notice(visit: Visit, folio: str) -> Reply:
    """What arrived, and when."""
    ticket = following.ticket_of(visit.person, folio)
    return _show_notice(visit, ticket, {}, {}) if ticket.is_open else go(f"/ticket/{ticket.folio}")


def mark(visit: Visit, folio: str) -> Reply:
    """Tell the open ticket of the notice: it goes first, and no second one is needed."""
    typed = visit.form.only((notices.WHAT, "fecha_notificacion"))
    try:
        notices.mark(visit.person, folio, typed)
    except Invalid as problem:
        return _show_notice(visit, following.ticket_of(visit.person, folio), typed, problem.fields)
    return go(f"/ticket/{folio}")


def _show_notice(visit: Visit, ticket: CitizenTicket, typed: dict[str, str], wrong: dict[str, str]) -> Reply:
    status = 422 if wrong else 200
    return show(visit, "ticket_notice.html", status, errors=wrong, ticket=ticket, **_term_form(ticket, typed))


def _term_form(ticket: CitizenTicket, typed: dict[str, str]) -> dict[str, object]:
    """What the questions about a notice need; a draft about one has answered them already."""
    kinds = notices.kinds()
    same_materia = [kind.id for kind in kinds if kind.materia_id == ticket.materia]
    known = [kind.id for kind in kinds if kind.id in (typed.get(notices.WHAT), typed.get("categoria"))]
    return {
        "notice_kinds": [(kind.id, words.named(kind.name), words.own_term(kind)) for kind in kinds],
        "notice_kind": (known or same_materia or [""])[0],
        "notice_day": typed.get("fecha_notificacion", ""),
        "notice_known": bool(known) and forms.notice_date(typed) is not None,
    }


def _was_said(ticket: CitizenTicket, text: str) -> bool:
    """Whether a text is in the ticket already: the same form came twice."""
    return any(message.body == clean_block(text) for message in ticket.messages)
