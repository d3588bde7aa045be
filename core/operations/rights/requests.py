"""Requests about one's own data: asking, the clock, answering (Ley 21.719)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from core import clock, dates, language
from core.calendar import business
from core.database import engines
from core.database.binding import db, reads, writes
from core.errors import Conflict, Invalid, NotFound
from core.language import _
from core.mail import outbox
from core.operations.rights import words
from core.operations.rights.views import KINDS, OUTCOMES, DataRequest
from core.people import models as people
from core.people import throttles
from core.people.account_views import Account
from core.text import clean_block, is_blank
from core.tickets.citizens.forms import LONGEST_TEXT

DAYS = 30
"""Calendar days to answer, and as many again when that is said in time."""
BLOCKING_DAYS = 2
"""Business days to decide a blocking."""
NEED_WORDS = ("rectificacion", "oposicion", "bloqueo")
DONE_BY = {"supresion": "erase", "bloqueo": "block"}
"""What is granted by doing it, and the command that does."""


@writes
def ask(account: Account, kind: str, text: str) -> int:
    """Ask for something about one's own data; the request's number, the same one for the same words. Raises `Invalid`.

    A letter says what was asked and by when it will be answered.
    """
    body = clean_block(text)
    wrong = _complaints(kind, body)
    if wrong:
        raise Invalid(wrong)
    throttles.spend("data_request_account", str(account.id))
    mine = (people.DataRequest.account == account.id) & people.DataRequest.answered_at.is_null()
    same = people.DataRequest.get_or_none(mine, people.DataRequest.kind == kind, people.DataRequest.body == body)
    if same is not None:
        return int(same.id)
    return _insert(account, kind, body)


@reads
def requests_of(account: Account) -> tuple[DataRequest, ...]:
    """What an account has asked for, newest first."""
    rows = _requests().where(people.DataRequest.account == account.id).order_by(people.DataRequest.id.desc())
    return tuple(_view(row) for row in rows.objects())


@reads
def waiting() -> tuple[DataRequest, ...]:
    """What everybody waits for, the most urgent first."""
    rows = _requests().where(people.DataRequest.answered_at.is_null())
    return tuple(_view(row) for row in rows.order_by(people.DataRequest.due_on, people.DataRequest.id).objects())


@writes
def answer(request_id: int, outcome: str, text: str) -> None:
    """Answer a request in words; the letter is the proof of the reply. Raises `NotFound`, `Conflict`, `Invalid`."""
    row = _still_waiting(request_id)
    if outcome not in OUTCOMES:
        raise Invalid({"outcome": f"El resultado debe ser {', '.join(OUTCOMES)}."})
    if outcome == "acogida" and row.kind in DONE_BY:
        raise Conflict(f"Se acoge haciéndola: ayuda person {DONE_BY[row.kind]} {row.email}, que también la responde.")
    reply(row, outcome, _required(text))


@writes
def extend(request_id: int, text: str) -> date:
    """Take 30 days more, once and before the first are over, saying why; the new day. Raises `NotFound`, `Conflict`."""
    row = _still_waiting(request_id)
    if row.kind == "bloqueo":
        raise Conflict("Un bloqueo se decide en 2 días hábiles, sin prórroga.")
    if row.extended_at is not None:
        raise Conflict("Esta solicitud ya se prorrogó una vez.")
    if clock.day_from(row.due_on) < clock.today():
        raise Conflict("El plazo ya venció: responde la solicitud.")
    reason = _required(text)
    due_on = clock.day_from(row.due_on) + timedelta(days=DAYS)
    changed = {"due_on": clock.day_number(due_on), "extended_at": clock.now()}
    people.DataRequest.update(**changed).where(people.DataRequest.id == row.id).execute()
    _write("data-extension", row, due=due_on, text=reason)
    return due_on


@writes
def settle_all(account_id: int, outcomes: Mapping[str, str], otherwise: str = "") -> set[str]:
    """Close what an account waits for without a letter: kind → outcome; the kinds that were closed."""
    mine = _requests().where(people.DataRequest.account == account_id, people.DataRequest.answered_at.is_null())
    closed = set()
    for row in list(mine.objects()):
        outcome = outcomes.get(row.kind, otherwise)
        if outcome:
            _settle(row.id, outcome, "")
            closed.add(row.kind)
    return closed


@writes
def reply_all(account_id: int, kind: str, outcome: str, text: str) -> int:
    """Answer all waiting requests of a kind in the same words; how many."""
    mine = _requests().where(people.DataRequest.account == account_id, people.DataRequest.kind == kind)
    rows = list(mine.where(people.DataRequest.answered_at.is_null()).objects())
    for row in rows:
        reply(row, outcome, text)
    return len(rows)


@writes
def keep_done(account: Account, kind: str, text: str) -> None:
    """Keep a record of what the person did alone."""
    now = clock.now()
    people.DataRequest.insert(
        account=account.id,
        kind=kind,
        body=text,
        asked_at=now,
        due_on=clock.day_number(clock.today()),
        answered_at=now,
        outcome="hecha",
        answer="",
    ).execute()


def due_day(kind: str, asked_at: int) -> date:
    """The last day to answer: calendar days from the very day, also when it was a Sunday; a blocking in business days."""
    if kind == "bloqueo":
        return business.add_business_days(business.legal_day(asked_at), BLOCKING_DAYS)
    return clock.day_of(asked_at) + timedelta(days=DAYS)


def reply(row: people.DataRequest, outcome: str, text: str) -> None:
    """Close a request, and send the letter that says how."""
    _settle(row.id, outcome, text)
    _write("data-answer", row, outcome=outcome, text=text)


def _complaints(kind: str, body: str) -> dict[str, str]:
    wrong = {}
    if kind not in KINDS:
        wrong["derecho"] = _("Elige qué quieres pedir.")
    if kind in NEED_WORDS and is_blank(body):
        wrong["texto"] = _("Cuéntanos de qué dato se trata y por qué lo pides.")
    if len(body) > LONGEST_TEXT:
        words_ = _("Tu texto tiene {length} caracteres y caben {longest}. Acórtalo un poco.")
        wrong["texto"] = words_.format(length=dates.number(len(body)), longest=dates.number(LONGEST_TEXT))
    return wrong


def _insert(account: Account, kind: str, body: str) -> int:
    now = clock.now()
    due_on = due_day(kind, now)
    columns = {"kind": kind, "body": body, "asked_at": now, "due_on": clock.day_number(due_on), "outcome": "", "answer": ""}
    number = int(people.DataRequest.insert(account=account.id, **columns).execute())
    row = _requests().where(people.DataRequest.id == number).objects().get()
    _write("data-receipt", row, due=due_on)
    return number


def _requests() -> people.DataRequest:
    columns = (people.DataRequest, people.Account.email, people.Account.language)
    return people.DataRequest.select(*columns).join(people.Account, on=(people.DataRequest.account == people.Account.id))


def _still_waiting(request_id: int) -> people.DataRequest:
    locked = people.DataRequest.select(people.DataRequest.id).where(people.DataRequest.id == request_id)
    engines.for_change(db.obj, locked).first()
    row = _requests().where(people.DataRequest.id == request_id).objects().first()
    if row is None:
        raise NotFound(f"No hay ninguna solicitud con el número {request_id}: mira ayuda person requests.")
    if row.answered_at is not None:
        raise Conflict(f"La solicitud {request_id} ya se respondió el {clock.local(row.answered_at):%d-%m-%Y}.")
    return row


def _required(text: str) -> str:
    body = clean_block(text)
    if is_blank(body):
        raise Invalid({"text": "Escribe en la entrada estándar lo que se le dice a la persona."})
    return body


def _settle(request_id: int, outcome: str, text: str) -> None:
    now = clock.now()
    changed = {"answered_at": now, "outcome": outcome, "answer": text}
    people.DataRequest.update(**changed).where(people.DataRequest.id == request_id).execute()


def _write(letter: str, row: people.DataRequest, outcome: str = "", due: date | None = None, text: str = "") -> None:
    with language.using(row.language):
        outbox.write(
            letter,
            address=row.email,
            language=row.language,
            account_id=row.account_id,
            number=str(row.id),
            what=words.kind(row.kind),
            asked=dates.day_year(clock.day_of(row.asked_at)),
            due=dates.day_year(due) if due else "",
            outcome=words.outcome(outcome),
            text=text,
            link=outbox.link("/mis-datos"),
        )


def _view(row: people.DataRequest) -> DataRequest:
    return DataRequest(
        id=row.id,
        email=row.email,
        kind=row.kind,
        body=row.body,
        asked_at=row.asked_at,
        due_on=clock.day_from(row.due_on),
        extended_at=row.extended_at,
        answered_at=row.answered_at,
        outcome=row.outcome,
        answer=row.answer,
    )
