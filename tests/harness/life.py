"""A whole life in the service: somebody about whom every table knows something, each thing by a word of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from core import clock
from core.appointments import booking, offices, searching
from core.appointments.views import Wish
from core.database import engines
from core.database.binding import db, reads, writes
from core.files import receiving
from core.files.inspection import Seen
from core.mail.models import Letter
from core.operations.rights import correcting, requests
from core.people import accounts, children, email_changes, recovery, sessions, visitors
from core.people.account_views import Account
from core.people.models import Account as AccountRow
from core.people.models import HandOver
from core.people.views import Staff
from core.text import words
from core.tickets import desk, extending, opening, presence, sheets, waiting
from core.tickets.answers import holding
from core.tickets.asides import related, tags
from core.tickets.citizens import drafts, following, survey
from core.tickets.looks import Reason
from core.tickets.many import merging, surges
from core.tickets.many.models import Surge
from core.tickets.models import Ticket
from core.tickets.searching import own_views
from core.tickets.views import Overruled
from core.tramites import history, starting
from tests.harness import cast

RUN = 12_345_678
BIRDS = {
    "given": "Zorzalín",
    "first": "Tencañé",
    "second": "Chucaona",
    "guardian": "Loicana",
    "child": "Diucanito",
    "box": "picaflora",
    "new_box": "martineta",
    "question": "Queltehueña",
    "added": "Bandurria",
    "answer": "Garzacuca",
    "asked": "Churretona",
    "extended": "Tapaculín",
    "note": "Tiuquesa",
    "motive": "Cisnerona",
    "tag": "Cernicala",
    "reason": "Loicuna",
    "comment": "Pidencita",
    "unfinished": "Carancha",
    "draft": "Perdizcona",
    "tramite": "Cachudita",
    "device": "Turcaza",
    "request": "Chercana",
    "reply": "Rayadito",
    "stranger": "Pitíoso",
    "typed": "Huairavo",
    "offered": "Becacina",
    "error": "Cometoco",
    "file": "Jilguera",
    "paper": "Churretana",
    "half": "Fiofiona",
    "unsent": "Chincolita",
    "held": "Trilesa",
    "overruled": "Yecotana",
    "many": "Huaireava",
    "verdict": "Pollolla",
}


@dataclass(frozen=True, slots=True)
class Life:
    """Somebody with a past: the account, the words that tell of it, the ticket that is still open."""

    account: Account
    words: dict[str, str]
    open_folio: str
    answered_folio: str

    @property
    def secrets(self) -> tuple[str, ...]:
        """Everything by which the person could be recognised."""
        return (*self.words.values(), self.account.email)


def lead(tag: str, analyst: Staff) -> Life:
    """Live a whole life; two of them share no word when their tags differ."""
    said = {what: f"{bird}{tag}" for what, bird in BIRDS.items()}
    account = _begin(said, f"{said['box']}@correo.example")
    answered = _talk(account, said, analyst)
    still_open = _ask_again(account, said, analyst)
    tags.add(analyst, cast.row_of(still_open, analyst).id, said["tag"])
    related.relate(analyst, cast.row_of(still_open, analyst).id, answered, said["reason"])
    _do_the_rest(account, said)
    _leave_traces(account, said)
    return Life(accounts.named(account.email), said, still_open, answered)


def _begin(said: dict[str, str], email: str) -> Account:
    visitors.save_draft(f"navegador {said['typed']}", "cuenta", {"nombres": said["typed"]})
    names = {"nombres": "Provisoria", "primer_apellido": said["first"], "segundo_apellido": said["second"]}
    accounts.sign_up(cast.applicant(f"navegador {said['typed']}", correo=email, **names))
    account = accounts.validate(cast.validation_token(email)).account
    child = cast.form(nombres=said["child"], nacimiento_anio="2015", relacion="madre", responsable=said["guardian"])
    children.add(account, child)
    correcting.correct(account, account.persons[0].id, {"nombres": said["given"]})
    return accounts.named(email)


def _talk(account: Account, said: dict[str, str], analyst: Staff) -> str:
    seen = Seen("pdf", BytesIO(f"%PDF {said['paper']}".encode()), said["paper"])
    receiving._keep(receiving.Place(account.persons[0].id), f"{said['file']}.pdf", seen)
    folio = cast.ticket(account, texto=f"Hola, {said['question']}", tramite_id=said["tramite"])
    following.add_information(account, folio, said["added"], f"added {folio}")
    row = cast.row_of(folio, analyst)
    desk.note(analyst, row.id, said["note"], f"note {folio}")
    desk.reply(analyst, row.id, cast.row_of(folio, analyst).version, f"Puedes ir: {said['answer']}", f"reply {folio}")
    survey.answer(survey.link(row.id).rpartition("/")[2], "3", said["comment"])
    sheets.open_sheet(cast.analyst(), row.id, Reason("otra", f"Por {said['motive']}"))
    return folio


def _ask_again(account: Account, said: dict[str, str], analyst: Staff) -> str:
    folio = cast.ticket(account, texto=f"Otra vez {said['question']}", tramite_id=said["tramite"])
    row = cast.row_of(folio, analyst)
    desk.claim(analyst, row.id)
    extending.extend(analyst, row.id, cast.row_of(folio, analyst).version, 2, said["extended"], f"extend {folio}")
    waiting.ask(analyst, row.id, cast.row_of(folio, analyst).version, said["asked"], f"ask {folio}")
    desk.save_draft(analyst, row.id, "respuesta", said["unfinished"])
    _join_and_part(account, analyst)
    surges.save(analyst, surges.begin(analyst, [row.id]).id, said["many"])
    before = f"Otra {said['unfinished']}"
    desk.save_draft(analyst, row.id, "derivacion", before, said["unfinished"], stood=[before])
    chosen = Seen("pdf", BytesIO(f"%PDF {said['unfinished']}".encode()), "")
    receiving._keep(receiving.Place(account.persons[0].id, row.id, analyst.id), f"{said['unfinished']}.pdf", chosen)
    all_the_same = Overruled(frozenset({"sin_paso"}), said["overruled"])
    holding.hold(analyst, row.id, cast.row_of(folio, analyst).version, said["held"], f"hold {folio}", all_the_same)
    desk.save_draft(analyst, row.id, "respuesta", said["unfinished"])
    presence.look(analyst, row.id, writing=True)
    own_views.keep(analyst, f"Familia {said['first']}", f"nombre:{said['given']} {said['second']}", "persona", closed=True)
    drafts.save(account.persons[1].id, {"tipo": "consulta", "texto": said["draft"]}, "hoja.1")
    opening.refer(account.persons[0].id, "rc-clave")
    return folio


def _join_and_part(account: Account, analyst: Staff) -> None:
    rows = [cast.row_of(ticket.folio, analyst) for ticket in following.tickets_of(account)[:2]]
    merging.merge(analyst, *((row.id, row.version) for row in rows))
    merging.part(analyst, min(row.id for row in rows))


def _do_the_rest(account: Account, said: dict[str, str]) -> None:
    sessions.begin(account.id, remember=True, device=said["device"])
    email_changes.ask(account, cast.PASSWORD, f"{said['new_box']}@correo.example")
    clock.advance(3600)  # an inbox gets few letters at once
    recovery.ask_reset(account.email)
    _ask_for_an_hour(account)
    starting.start(account, account.persons[0].id, starting.procedures()[0].id)
    number = "".join(str(ord(letter) % 10) for letter in said["box"])[-9:]
    known = {"id": number, "tipo": "Residencia", "estado": "En análisis", "correo": account.email, "creado": "2024-03-01"}
    history.import_rows([known])
    number_asked = requests.ask(account, "rectificacion", said["request"])
    requests.answer(number_asked, "parcial", said["reply"])
    requests.ask(account, "acceso", said["request"])
    accounts.sign_up(cast.applicant(correo=account.email))
    visitors.save_draft(visitors.drawer_of(account.id), "persona", {"nombres": said["half"], "pais": ""})
    visitors.save_draft(visitors.drawer_of(account.id), "sin-enviar", {"texto": said["unsent"]})
    visitors.save_draft(f"otro {said['typed']}", "cuenta-creada", {"correo": account.email, "nombres": said["typed"]})


def _ask_for_an_hour(account: Account) -> None:
    office = offices.office("arica")
    first = searching.free_days(office, preferential=True)[0].hours[0]
    booking.book(account, account.persons[0].id, Wish(office.id, first.starts_at, preferential=True))


@writes
def _leave_traces(account: Account, said: dict[str, str]) -> None:
    """What only other days or other people would have left."""
    AccountRow.update(run=RUN + account.id).where(AccountRow.id == account.id).execute()
    HandOver.insert(person=account.persons[1].id, email=f"{said['offered']}@correo.example", created_at=clock.now()).execute()
    mine = Letter.account_id == account.id
    Letter.update(state="sent", sent_at=clock.now()).where(mine, Letter.kind != "answer").execute()
    bounced = Letter.select().where(mine, Letter.kind == "answer").first()
    Letter.update(state="failed", error=f"550 {said['error']}").where(Letter.id == bounced.id).execute()
    Surge.update(verdict=said["verdict"]).where(Surge.body == said["many"]).execute()
    rival = AccountRow.insert(email=account.email, language="es", created_at=clock.now()).execute()
    _live_unproven(rival, said["stranger"])


def _live_unproven(account_id: int, name: str) -> None:
    from core.people.models import Person

    columns = {"first_surname": "", "second_surname": "", "single_name": 1, "country": "pe", "relation": "", "guardian": ""}
    Person.insert(account=account_id, given_names=name, is_holder=1, created_at=clock.now(), **columns).execute()


@reads
def rows() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, column by column; the full-text index apart."""
    tables = [name for name in db.get_tables() if not name.startswith(("sqlite_", "ticket_search"))]
    return {table: list(_rows(table)) for table in tables}


def _rows(table: str) -> Iterator[dict[str, Any]]:
    cursor = db.execute_sql(f"SELECT * FROM {table}")
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor.fetchall())


@reads
def places_of(secret: str) -> set[str]:
    """Where a word stands, as table.column; in the full-text index it is looked for as an analyst would."""
    wanted = {secret.casefold(), *words(secret)[:1]}
    found = {
        f"{table}.{column}"
        for table, held in rows().items()
        for row in held
        for column, value in row.items()
        if value is not None and any(word in str(value).casefold() for word in wanted)
    }
    return found | ({"ticket_search.words"} if _indexed(words(secret)) else set())


def _indexed(terms: list[str]) -> bool:
    if engines.is_sqlite(db.obj):
        query = " AND ".join(f'"{term}"' for term in terms)
        return db.execute_sql("SELECT 1 FROM ticket_search WHERE ticket_search MATCH ?", (query,)).fetchone() is not None
    query = " & ".join(f"'{term}'" for term in terms)
    return db.execute_sql("SELECT 1 FROM ticket_search WHERE words @@ %s::tsquery", (query,)).fetchone() is not None


@reads
def ticket_states(account: Account) -> dict[str, str]:
    """The folios of an account's tickets with their states."""
    query = Ticket.select(Ticket.folio, Ticket.state).where(Ticket.person.in_([person.id for person in account.persons]))
    return dict(query.tuples())
