"""What each table holds of somebody, as records that the person can read and take along."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from peewee import JOIN

from core import clock, tokens
from core.identifiers import run_check_digit
from core.mail.models import Letter
from core.operations.rights.whose import Whose
from core.people import models as people
from core.people import visitors
from core.tickets import models as tickets
from core.tramites import models as tramites

Value = str | bool | int | date | datetime | None
Record = dict[str, Value]
Gather = Callable[[Whose], list[Record]]

WITHHELD = "nota"
"""Internal notes may speak of others: a person of the service looks through them before they are handed out."""


def account(whose: Whose) -> list[Record]:
    """The account itself; of the password there is only a digest that nobody can read."""
    row = people.Account.get_by_id(whose.account_id)
    return [
        {
            "correo": row.email,
            "run": f"{row.run}-{run_check_digit(row.run)}" if row.run else None,
            "idioma": row.language,
            "creada": _instant(row.created_at),
            "verificada": _instant(row.verified_at),
            "bloqueada": _instant(row.blocked_at),
        }
    ]


def persons(whose: Whose) -> list[Record]:
    """The persons that the account stands for."""
    return [
        {
            "numero": row.id,
            "nombres": row.given_names,
            "primer_apellido": row.first_surname,
            "segundo_apellido": row.second_surname,
            "un_nombre": bool(row.single_name),
            "nacimiento": _day(row.birth_on),
            "pais": row.country,
            "titular": bool(row.is_holder),
            "relacion": row.relation,
            "responsable": row.guardian,
            "agregada": _instant(row.created_at),
        }
        for row in _rows(people.Person, people.Person.id.in_(whose.person_ids))
    ]


def sessions(whose: Whose) -> list[Record]:
    """Where the account is signed in."""
    return [
        {
            "dispositivo": row.device,
            "desde": _instant(row.created_at),
            "ultima_vez": _instant(row.seen_at),
            "hasta": _instant(row.expires_at),
            "recordada": bool(row.remembered),
        }
        for row in _rows(people.Session, people.Session.account == whose.account_id)
    ]


def links(whose: Whose) -> list[Record]:
    """The links that were sent in letters."""
    return [
        {"para": row.purpose, "creado": _instant(row.created_at), "usado": _instant(row.used_at)}
        for row in _rows(people.Link, people.Link.account == whose.account_id)
    ]


def email_changes(whose: Whose) -> list[Record]:
    """Changes of address that were asked for."""
    return [
        {
            "correo_nuevo": row.new_email,
            "pedido": _instant(row.created_at),
            "confirmado_correo_anterior": _instant(row.old_confirmed_at),
            "confirmado_correo_nuevo": _instant(row.new_confirmed_at),
            "hecho": _instant(row.done_at),
        }
        for row in _rows(people.EmailChange, people.EmailChange.account == whose.account_id)
    ]


def hand_overs(whose: Whose) -> list[Record]:
    """Accounts that were offered to persons who came of age."""
    return [
        {"correo": row.email, "ofrecida": _instant(row.created_at), "aceptada": _instant(row.done_at)}
        for row in _rows(people.HandOver, people.HandOver.person.in_(whose.person_ids))
    ]


def requests(whose: Whose) -> list[Record]:
    """Requests about one's own data."""
    return [
        {
            "numero": row.id,
            "derecho": row.kind,
            "texto": row.body,
            "pedida": _instant(row.asked_at),
            "vence": _day(row.due_on),
            "prorrogada": _instant(row.extended_at),
            "respondida": _instant(row.answered_at),
            "resultado": row.outcome,
            "respuesta": row.answer,
        }
        for row in _rows(people.DataRequest, people.DataRequest.account == whose.account_id)
    ]


def own_tickets(whose: Whose) -> list[Record]:
    """The tickets."""
    folios = _folios(whose)
    return [
        {
            "folio": row.folio,
            "persona": row.person_id,
            "estado": row.state,
            "tipo": row.tipo,
            "materia": row.materia,
            "categoria": row.categoria,
            "ruta": row.route,
            "tramite": row.tramite_id or "",
            "region": row.region,
            "idioma": row.language,
            "notificacion": _day(row.notice_on),
            "ingreso": _instant(row.opened_at),
            "ingreso_legal": _day(row.legal_on),
            "vence": _day(row.due_on),
            "respondido": _instant(row.answered_at),
            "terminado": _instant(row.resolved_at),
            "sigue_a": folios.get(row.second_of_id, ""),
        }
        for row in _rows(tickets.Ticket, tickets.Ticket.id.in_(whose.ticket_ids))
    ]


def messages(whose: Whose) -> list[Record]:
    """What was said in the tickets, by the person and in the answers."""
    query = (
        tickets.Message.select(tickets.Message, people.Staff.name.alias("author"))
        .join(people.Staff, JOIN.LEFT_OUTER, on=(tickets.Message.staff == people.Staff.id))
        .where(tickets.Message.ticket.in_(whose.ticket_ids), tickets.Message.kind != WITHHELD)
        .order_by(tickets.Message.ticket, tickets.Message.id)
    )
    folios = _folios(whose)
    return [
        {
            "folio": folios[row.ticket_id],
            "fecha": _instant(row.at),
            "de": row.kind,
            "autor": row.author or "",
            "texto": row.body,
        }
        for row in query.objects()
    ]


def withheld_notes(whose: Whose) -> int:
    """How many internal notes there are, which are not handed out unseen."""
    mine = tickets.Message.ticket.in_(whose.ticket_ids)
    return int(tickets.Message.select().where(mine, tickets.Message.kind == WITHHELD).count())


def events(whose: Whose) -> list[Record]:
    """What happened to the tickets."""
    folios = _folios(whose)
    return [
        {"folio": folios[row.ticket_id], "fecha": _instant(row.at), "que": row.kind, "codigo": row.code}
        for row in _rows(tickets.Event, tickets.Event.ticket.in_(whose.ticket_ids))
    ]


def ticket_drafts(whose: Whose) -> list[Record]:
    """Tickets that are still being written."""
    rows = tickets.TicketDraft.select().where(tickets.TicketDraft.person.in_(whose.person_ids))
    return [{**json.loads(row.fields), "persona": row.person_id, "guardado": _instant(row.saved_at)} for row in rows]


def begun_forms(whose: Whose) -> list[Record]:
    """Other forms that the account has begun; what somebody typed without an account goes by the browser alone."""
    mine = people.VisitorDraft.visitor == tokens.digest(visitors.drawer_of(whose.account_id))
    rows = people.VisitorDraft.select().where(mine).order_by(people.VisitorDraft.form)
    return [
        {"formulario": row.form, "escrito": _as_lines(json.loads(row.fields)), "guardado": _instant(row.saved_at)} for row in rows
    ]


def _as_lines(fields: dict[str, str]) -> str:
    return "\n".join(f"{name}: {value}" for name, value in fields.items() if value)


def referrals(whose: Whose) -> list[Record]:
    """Matters for which the person was told to turn to another organism."""
    return [
        {"persona": row.person_id, "categoria": row.categoria, "fecha": _instant(row.at)}
        for row in _rows(tickets.Referral, tickets.Referral.person.in_(whose.person_ids))
    ]


def letters(whose: Whose) -> list[Record]:
    """The letters, as they were written."""
    mine = Letter.account_id == whose.account_id
    nobodys = Letter.account_id.is_null() & Letter.address.in_(whose.addresses)
    return [
        {
            "fecha": _instant(row.queued_at),
            "clase": row.kind,
            "para": row.address,
            "asunto": row.subject,
            "texto": row.body,
            "idioma": row.language,
            "entregada": _instant(row.sent_at),
            "leida": _instant(row.read_at),
            "estado": row.state,
            "adjunto": row.attachment or "",
        }
        for row in _rows(Letter, mine | nobodys)
    ]


def own_tramites(whose: Whose) -> list[Record]:
    """The procedures known for the address."""
    return [
        {
            "id": row.id,
            "tramite": row.kind,
            "estado": row.state,
            "correo": row.email,
            "creado": _day(row.created_on),
            "actualizado": _instant(row.updated_at),
            "etapa_desde": _day(row.stage_since),
        }
        for row in _rows(tramites.Tramite, tramites.Tramite.email == whose.email)
    ]


def tramite_starts(whose: Whose) -> list[Record]:
    """The procedures that were begun in the portal."""
    return [
        {"persona": row.person_id, "tramite": row.kind, "id": row.tramite_id, "fecha": _instant(row.at)}
        for row in _rows(tramites.TramiteStart, tramites.TramiteStart.person.in_(whose.person_ids))
    ]


def _rows(table: Any, condition: Any) -> Any:
    return table.select().where(condition).order_by(table.id)


def _folios(whose: Whose) -> dict[int | None, str]:
    query = tickets.Ticket.select(tickets.Ticket.id, tickets.Ticket.folio).where(tickets.Ticket.id.in_(whose.ticket_ids))
    return dict(query.tuples())


def _instant(at: int | None) -> datetime | None:
    return None if at is None else clock.local(at)


def _day(number: int | None) -> date | None:
    return None if number is None else clock.day_from(number)
