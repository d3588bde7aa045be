"""Every column of every table with personal data: handed out or not, and what erasing leaves in it."""

from __future__ import annotations

from typing import Any

import pytest

from core import clock
from core.appointments.models import Appointment
from core.database.binding import db, reads, writes
from core.mail.models import Letter
from core.operations.rights import archive
from core.operations.rights.erasing import erase
from core.operations.rights.registry import HOLDINGS
from core.people import models as people
from core.tickets.many.models import Surge, SurgeTicket
from core.tickets.models import Pause, Ticket
from core.tramites.models import TramiteStart
from tests.harness import cast, life
from tests.harness.life import Life

pytestmark = pytest.mark.usefixtures("sqlite_database")

WORDS_OF_THE_REST = {"ticket_search", "vocabulary"}
"""Tables of the full text, which `test_data_registry` looks after."""
HANDED_OUT = {
    "account": "email=correo run=run language=idioma created_at=creada verified_at=verificada blocked_at=bloqueada",
    "attachment": (
        "ticket_id=folio person_id=persona number=numero name=nombre kind=clase size=bytes words=texto added_at=enviado"
    ),
    "appointment": (
        "person_id=persona ticket_id=folio office=oficina starts_at=hora minutes=minutos preferential=preferente state=estado "
        "booked_at=pedida changed_at=cambiada reminded_at=recordada_el ended_at=terminado"
    ),
    "extension": "ticket_id=folio at=fecha days=dias",
    "pause": "ticket_id=folio asked_at=pedida until_on=hasta reminded_at=recordatorio ended_at=terminado outcome=codigo",
    "data_request": (
        "id=numero kind=derecho body=texto asked_at=pedida due_on=vence extended_at=prorrogada answered_at=respondida "
        "outcome=resultado answer=respuesta"
    ),
    "email_change": (
        "new_email=correo_nuevo created_at=pedido old_confirmed_at=confirmado_correo_anterior "
        "new_confirmed_at=confirmado_correo_nuevo done_at=hecho"
    ),
    "event": "ticket_id=folio at=fecha kind=que code=codigo",
    "hand_over": "email=correo created_at=ofrecida done_at=aceptada",
    "letter": (
        "queued_at=fecha kind=clase address=para subject=asunto body=texto language=idioma sent_at=entregada read_at=leida "
        "state=estado attachment=adjunto"
    ),
    "look": "ticket_id=folio person_id=persona at=fecha kind=que reason=motivo",
    "joint": "ticket_id=folio into_id=sigue_en at=fecha former_state=codigo undone_at=terminado",
    "link": "purpose=para created_at=creado used_at=usado",
    "message": "ticket_id=folio at=fecha kind=de staff_id=autor body=texto",
    "person": (
        "id=numero given_names=nombres first_surname=primer_apellido second_surname=segundo_apellido single_name=un_nombre "
        "birth_on=nacimiento country=pais is_holder=titular relation=relacion guardian=responsable created_at=agregada"
    ),
    "referral": "person_id=persona categoria=categoria at=fecha",
    "relation": "ticket_id=folio other_id=relacionado at=fecha",
    "session": "device=dispositivo created_at=desde seen_at=ultima_vez expires_at=hasta remembered=recordada",
    "survey": "ticket_id=folio grade=nota comment=comentario answered_at=fecha",
    "tag": "ticket_id=folio word=etiqueta at=fecha",
    "ticket": (
        "folio=folio person_id=persona state=estado tipo=tipo materia=materia categoria=categoria route=ruta tramite_id=tramite "
        "region=region language=idioma notice_on=notificacion opened_at=ingreso legal_on=ingreso_legal due_on=vence "
        "answered_at=respondido resolved_at=terminado second_of_id=sigue_a"
    ),
    "ticket_draft": "person_id=persona fields=texto saved_at=guardado",
    "tramite": "id=id kind=tramite state=estado email=correo created_on=creado updated_at=actualizado stage_since=etapa_desde",
    "tramite_start": "person_id=persona kind=tramite at=fecha tramite_id=id",
    "visitor_draft": "form=formulario fields=escrito saved_at=guardado",
}
"""Each column with the name of its field in what is handed out."""
KEPT_BACK = {
    "numbers of ours that lead from row to row": (
        "draft_version.id "
        "account.id appointment.id extension.message_id pause.id pause.message_id attachment.id attachment.message_id "
        "data_request.account_id email_change.id email_change.account_id event.id hand_over.id hand_over.person_id "
        "look.id letter.id letter.account_id letter.ticket_id joint.id link.id link.account_id link.subject_id message.id "
        "person.account_id referral.id session.id session.account_id ticket.id tramite_start.id"
    ),
    "the staff's side of the work": (
        "answer_draft.aside attachment.staff_id draft_version.at draft_version.body draft_version.kind draft_version.staff_id "
        "draft_version.ticket_id "
        "appointment.place appointment.staff_id extension.staff_id pause.staff_id "
        "answer_draft.body answer_draft.kind answer_draft.saved_at answer_draft.staff_id answer_draft.ticket_id event.staff_id "
        "look.staff_id look_words.look_id look_words.body "
        "held_answer.body held_answer.held_at held_answer.id held_answer.overruled held_answer.reason held_answer.release_at "
        "held_answer.staff_id held_answer.submit_key held_answer.ticket_id held_answer.version "
        "joint.staff_id surge.at surge.body surge.id surge.reviewed_at surge.reviewer_id surge.staff_id surge.state "
        "surge.verdict surge_ticket.answered_at surge_ticket.surge_id surge_ticket.ticket_id surge_ticket.version "
        "relation.reason relation.staff_id session.staff_id tag.staff_id ticket.assignee_id "
        "own_view.id own_view.staff_id own_view.name own_view.line own_view.sort own_view.closed own_view.created_at"
    ),
    "secrets, and digests that keep them": (
        "account.password_hash link.nonce link.visitor session.digest session.previous_digest session.series throttle.key "
        "visitor_draft.visitor"
    ),
    "how the program keeps count and order": (
        "appointment.sequence appointment.uid attachment.digest letter.attachment_name letter.attachment_type pause.days "
        "ticket.notice_days ticket.term_business ticket.term_days "
        "letter.attempts letter.automatic letter.conversation_message_id letter.error letter.message_id letter.next_try_at "
        "letter.thread message.submit_key session.arrived_at session.rotated_at throttle.tokens throttle.updated_at "
        "ticket.submit_key ticket.tramite_strange ticket.urgency ticket.version ticket_draft.sheet ticket_draft.submit_key "
        "tag.folded tramite_start.submit_key"
    ),
    "the same day once more, for the figures": (
        "pause.asked_on pause.ended_on survey.answered_on ticket.answered_on ticket.opened_on"
    ),
    "whoever is erased has nothing left to be handed": "account.erased_at",
}
LEFT_BY_ERASING = {
    "account": "id created_at verified_at erased_at",
    "appointment": (
        "id person_id ticket_id office starts_at minutes state uid sequence booked_at changed_at reminded_at ended_at staff_id"
    ),
    "extension": "ticket_id at days staff_id message_id",
    "pause": "id ticket_id staff_id message_id asked_at asked_on days until_on reminded_at ended_at ended_on outcome",
    "data_request": "id account_id kind asked_at due_on extended_at answered_at outcome",
    "event": "id ticket_id at kind staff_id code",
    "letter": (
        "id kind account_id ticket_id message_id language thread automatic queued_at state attempts next_try_at sent_at "
        "conversation_message_id read_at attachment_name attachment_type"
    ),
    "look": "id staff_id ticket_id person_id at kind reason",
    "joint": "id ticket_id into_id former_state staff_id at undone_at",
    "message": "id ticket_id at kind staff_id submit_key",
    "person": "id account_id is_holder created_at",
    "referral": "id person_id categoria at",
    "surge": "id staff_id at state reviewer_id reviewed_at",
    "relation": "ticket_id other_id staff_id at",
    "survey": "ticket_id grade answered_at answered_on",
    "ticket": (
        "id folio person_id state tipo materia categoria route region notice_on language opened_at opened_on legal_on due_on "
        "urgency assignee_id second_of_id answered_at answered_on resolved_at submit_key version notice_days term_business "
        "term_days"
    ),
    "tramite": "id kind state created_on updated_at stage_since",
    "tramite_start": "id person_id kind at submit_key",
}
"""Ids, codes and times, which say nothing about anybody once the rest is gone; every other column is emptied."""
MARKED = {"account.erased_at", "account.language"}
"""Columns that erasing itself writes."""


@pytest.fixture
def somebody(sqlite_database: str) -> Life:
    lived = life.lead("ara", cast.analyst("Eva Díaz", role="supervisor", rights=("nna",)))
    cast.analyst("Otra")
    _fill_the_rest(lived.account.id, lived.open_folio)
    return lived


@writes
def _fill_the_rest(account_id: int, folio: str) -> None:
    """What a whole life leaves empty, so that every column holds something."""
    now, day = clock.now(), clock.day_number(clock.today())
    people.Account.update(blocked_at=now, language="ht").where(people.Account.id == account_id).execute()
    people.DataRequest.update(extended_at=now).where(people.DataRequest.account == account_id).execute()
    confirmed = {"old_confirmed_at": now, "new_confirmed_at": now, "done_at": now}
    people.EmailChange.update(**confirmed).where(people.EmailChange.account == account_id).execute()
    people.HandOver.update(done_at=now).execute()
    people.Session.update(previous_digest="x", arrived_at=now).where(people.Session.account == account_id).execute()
    Letter.update(read_at=now, attempts=2).where(Letter.account_id == account_id).execute()
    more = {"region": "Arica", "notice_on": day, "notice_days": 5, "second_of": 1, "tramite_strange": 1}
    Ticket.update(**more).where(Ticket.folio == folio).execute()
    Pause.update(reminded_at=now, ended_at=now, ended_on=day, outcome="persona").execute()
    _fill_hours(now)
    Surge.update(reviewer=people.Staff.get(people.Staff.name == "Otra"), reviewed_at=now).execute()
    SurgeTicket.update(answered_at=now).execute()
    TramiteStart.update(submit_key="x").execute()


def _fill_hours(now: int) -> None:
    """One hour that is still to come and one that is over."""
    Appointment.update(reminded_at=now, sequence=1, staff=1, ticket=1).execute()
    known = Appointment.select().first()
    over = {"state": "cancelada", "uid": "otra", "sequence": 0, "booked_at": now, "changed_at": now, "ended_at": now}
    same = {name: getattr(known, name) for name in ("office", "starts_at", "minutes", "preferential")}
    Appointment.insert(person=known.person_id, **same, **over).execute()


@reads
def columns() -> set[str]:
    tables = [holding.table for holding in HOLDINGS if holding.table not in WORDS_OF_THE_REST]
    return {f"{table}.{column.name}" for table in tables for column in db.get_columns(table)}


def named(table: str) -> dict[str, str]:
    """A table's columns that are handed out, each with the name of its field."""
    return dict(pair.split("=") for pair in HANDED_OUT.get(table, "").split())


def test_of_every_column_it_is_decided_whether_it_is_handed_out() -> None:
    """A new column fails here until somebody decides."""
    handed = {f"{table}.{column}" for table in HANDED_OUT for column in named(table)}
    kept = [column for listed in KEPT_BACK.values() for column in listed.split()]
    assert len(kept) == len(set(kept))
    assert handed & set(kept) == set()
    assert columns() - handed - set(kept) == set()
    assert (handed | set(kept)) - columns() == set()


def test_what_is_said_to_be_handed_out_is(somebody: Life) -> None:
    sections = archive.gather(somebody.account).sections
    for holding in HOLDINGS:
        found = {key for record in sections.get(holding.section, []) for key, value in record.items() if value not in (None, "")}
        assert set(named(holding.table).values()) <= found, holding.table


def test_a_whole_life_fills_every_column(somebody: Life) -> None:
    """Otherwise the next test would prove nothing."""
    held = life.rows()
    filled = {f"{table}.{name}" for table, rows in held.items() for row in rows for name, value in row.items() if _says(value)}
    assert columns() - filled == {"account.erased_at"}


def test_erasing_leaves_of_each_column_what_is_decided_and_no_more(somebody: Life) -> None:
    """A new column fails here until it is emptied, or found to say nothing about anybody."""
    before = _rows()
    erase(somebody.account)
    after = _rows()
    unchanged = {
        f"{table}.{name}"
        for (table, key), row in before.items()
        for name, value in row.items()
        if _says(value) and after.get((table, key), {}).get(name) == value
    }
    left = {f"{table}.{name}" for table, listed in LEFT_BY_ERASING.items() for name in listed.split()}
    assert unchanged - left == set()
    assert left - MARKED - unchanged == set()


def _rows() -> dict[tuple[str, str], dict[str, Any]]:
    """The rows of tables with personal data by their keys, without the sessions of the staff and what goes by no person."""
    tables = {holding.table for holding in HOLDINGS} - WORDS_OF_THE_REST - {"throttle"}
    theirs = {table: held for table, held in life.rows().items() if table in tables}
    theirs["session"] = [row for row in theirs["session"] if row["account_id"] is not None]
    return {(table, _key(row)): row for table, held in theirs.items() for row in held}


def _key(row: dict[str, Any]) -> str:
    return " ".join(str(row[name]) for name in ("id", "visitor", "form", "person_id", "ticket_id") if name in row)


def _says(value: object) -> bool:
    return value not in (None, "", 0)
