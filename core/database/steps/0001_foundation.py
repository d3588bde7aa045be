"""Everything that Foundation keeps: people, trámites, tickets with their events, letters, search.

Instants are epoch seconds (`*_at`), local dates are YYYYMMDD (`*_on`).
"""

from typing import Any

from peewee import SqliteDatabase
from peewee import sqlite3 as sqlite_library

PEOPLE = """
CREATE TABLE account (
  id {id}, email TEXT NOT NULL, password_hash TEXT, verified_at BIGINT,
  language TEXT NOT NULL, created_at BIGINT NOT NULL);
CREATE UNIQUE INDEX one_verified_account ON account (email) WHERE verified_at IS NOT NULL;
CREATE INDEX account_email ON account (email, id);
CREATE INDEX account_unverified ON account (created_at) WHERE verified_at IS NULL;
CREATE TABLE person (
  id {id}, account_id BIGINT NOT NULL REFERENCES account(id),
  given_names TEXT NOT NULL, first_surname TEXT NOT NULL, second_surname TEXT NOT NULL,
  single_name SMALLINT NOT NULL, birth_on INTEGER, country TEXT NOT NULL,
  is_holder SMALLINT NOT NULL, relation TEXT NOT NULL, guardian TEXT NOT NULL, created_at BIGINT NOT NULL);
CREATE INDEX person_account ON person (account_id);
CREATE TABLE staff (
  id {id}, name TEXT NOT NULL UNIQUE, email TEXT NOT NULL, password_hash TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('analyst', 'supervisor', 'admin')),
  rights TEXT NOT NULL, cap INTEGER NOT NULL, created_at BIGINT NOT NULL, disabled_at BIGINT);
CREATE TABLE session (
  id {id}, digest TEXT NOT NULL UNIQUE, account_id BIGINT REFERENCES account(id), staff_id BIGINT REFERENCES staff(id),
  remembered SMALLINT NOT NULL, created_at BIGINT NOT NULL, seen_at BIGINT NOT NULL, expires_at BIGINT NOT NULL,
  CHECK ((account_id IS NULL) <> (staff_id IS NULL)));
CREATE INDEX session_account ON session (account_id);
CREATE INDEX session_staff ON session (staff_id);
CREATE TABLE link (
  id {id}, purpose TEXT NOT NULL, account_id BIGINT NOT NULL REFERENCES account(id), nonce TEXT NOT NULL,
  visitor TEXT NOT NULL, created_at BIGINT NOT NULL, used_at BIGINT);
CREATE INDEX link_account ON link (account_id, purpose);
CREATE TABLE throttle (key TEXT NOT NULL PRIMARY KEY, tokens DOUBLE PRECISION NOT NULL, updated_at BIGINT NOT NULL);
CREATE TABLE visitor_draft (
  visitor TEXT NOT NULL, form TEXT NOT NULL, fields TEXT NOT NULL, saved_at BIGINT NOT NULL, PRIMARY KEY (visitor, form));
CREATE INDEX visitor_draft_age ON visitor_draft (saved_at);
CREATE TABLE tramite (
  id TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, state TEXT NOT NULL, email TEXT NOT NULL,
  created_on INTEGER, updated_at BIGINT NOT NULL);
CREATE INDEX tramite_email ON tramite (email);
"""

TICKETS = """
CREATE TABLE folio_counter (year INTEGER NOT NULL PRIMARY KEY, last INTEGER NOT NULL);
CREATE TABLE ticket (
  id {id}, folio TEXT{bytewise} NOT NULL UNIQUE, person_id BIGINT NOT NULL REFERENCES person(id),
  state TEXT NOT NULL, tipo TEXT NOT NULL, materia TEXT NOT NULL, categoria TEXT NOT NULL, route TEXT NOT NULL,
  tramite_id TEXT{bytewise}, tramite_strange SMALLINT NOT NULL, region TEXT NOT NULL, notice_on INTEGER, language TEXT NOT NULL,
  opened_at BIGINT NOT NULL, opened_on INTEGER NOT NULL, legal_on INTEGER NOT NULL, due_on INTEGER NOT NULL,
  urgency SMALLINT NOT NULL, assignee_id BIGINT REFERENCES staff(id), second_of_id BIGINT REFERENCES ticket(id),
  answered_at BIGINT, answered_on INTEGER, resolved_at BIGINT, submit_key TEXT NOT NULL UNIQUE, version INTEGER NOT NULL,
  CHECK ((state IN ('ingresado', 'asignado', 'en_analisis', 'en_espera')) = (resolved_at IS NULL)));
CREATE UNIQUE INDEX one_open_ticket ON ticket (person_id) WHERE resolved_at IS NULL;
CREATE INDEX ticket_person ON ticket (person_id, id);
CREATE INDEX ticket_tramite ON ticket (tramite_id, id) WHERE tramite_id IS NOT NULL;
CREATE INDEX ticket_queue ON ticket (urgency, due_on, id, route, assignee_id, state, tipo, materia, legal_on)
  WHERE resolved_at IS NULL;
CREATE INDEX ticket_unassigned ON ticket (urgency, due_on, id, route) WHERE resolved_at IS NULL AND assignee_id IS NULL;
CREATE INDEX ticket_assigned ON ticket (assignee_id, urgency, due_on, id, route)
  WHERE resolved_at IS NULL AND assignee_id IS NOT NULL;
CREATE INDEX ticket_opened ON ticket (opened_on, id, route);
CREATE INDEX ticket_answered ON ticket (answered_on, answered_at, opened_at, due_on) WHERE answered_on IS NOT NULL;
CREATE INDEX ticket_second ON ticket (second_of_id) WHERE second_of_id IS NOT NULL;
CREATE TABLE message (
  id {id}, ticket_id BIGINT NOT NULL REFERENCES ticket(id), at BIGINT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('persona', 'respuesta', 'nota')), staff_id BIGINT REFERENCES staff(id),
  body TEXT NOT NULL, submit_key TEXT UNIQUE);
CREATE INDEX message_ticket ON message (ticket_id, id);
CREATE TABLE event (
  id {id}, ticket_id BIGINT NOT NULL REFERENCES ticket(id), at BIGINT NOT NULL, kind TEXT NOT NULL,
  staff_id BIGINT REFERENCES staff(id), code TEXT NOT NULL);
CREATE INDEX event_ticket ON event (ticket_id, id);
CREATE TABLE ticket_draft (
  person_id BIGINT NOT NULL PRIMARY KEY REFERENCES person(id), fields TEXT NOT NULL, submit_key TEXT NOT NULL,
  saved_at BIGINT NOT NULL);
CREATE TABLE answer_draft (
  ticket_id BIGINT NOT NULL REFERENCES ticket(id), staff_id BIGINT NOT NULL REFERENCES staff(id),
  kind TEXT NOT NULL, body TEXT NOT NULL, saved_at BIGINT NOT NULL, PRIMARY KEY (ticket_id, staff_id, kind));
CREATE TABLE referral (
  id {id}, person_id BIGINT NOT NULL REFERENCES person(id), categoria TEXT NOT NULL, at BIGINT NOT NULL);
CREATE INDEX referral_person ON referral (person_id);
CREATE TABLE presence (
  ticket_id BIGINT NOT NULL REFERENCES ticket(id), staff_id BIGINT NOT NULL REFERENCES staff(id),
  seen_at BIGINT NOT NULL, writing SMALLINT NOT NULL, PRIMARY KEY (ticket_id, staff_id));
CREATE TABLE letter (
  id {id}, kind TEXT NOT NULL, account_id BIGINT REFERENCES account(id), ticket_id BIGINT REFERENCES ticket(id),
  message_id TEXT NOT NULL UNIQUE, address TEXT NOT NULL, language TEXT NOT NULL, subject TEXT NOT NULL, body TEXT NOT NULL,
  thread TEXT NOT NULL, automatic SMALLINT NOT NULL, queued_at BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'failed')), attempts INTEGER NOT NULL, next_try_at BIGINT NOT NULL,
  error TEXT NOT NULL, sent_at BIGINT, conversation_message_id BIGINT REFERENCES message(id));
CREATE INDEX letter_waiting ON letter (next_try_at, id) WHERE state = 'queued';
CREATE INDEX letter_account ON letter (account_id, id);
CREATE INDEX letter_ticket ON letter (ticket_id, id) WHERE ticket_id IS NOT NULL;
CREATE INDEX letter_failed ON letter (id) WHERE state = 'failed';
"""

SQLITE_GUARDS = (
    "CREATE TRIGGER event_is_never_updated BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'events are append-only'); END",
    "CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'events are append-only'); END",
)

POSTGRESQL_GUARDS = (
    "CREATE FUNCTION refuse_event_change() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'events are append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER event_is_append_only BEFORE UPDATE OR DELETE ON event FOR EACH ROW EXECUTE FUNCTION refuse_event_change()",
)


def up(migrator: Any, db: Any) -> None:
    """Create every table, on either engine."""
    sqlite = isinstance(db, SqliteDatabase)
    identity = "INTEGER PRIMARY KEY AUTOINCREMENT" if sqlite else "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY"
    bytewise = "" if sqlite else ' COLLATE "C"'  # so that a range of prefixes can use the index
    for script in (PEOPLE, TICKETS):
        for statement in script.format(id=identity, bytewise=bytewise).split(";\n"):
            if statement.strip():
                db.execute_sql(statement)
    for statement in (*_search(sqlite), *(SQLITE_GUARDS if sqlite else POSTGRESQL_GUARDS)):
        db.execute_sql(statement)


def _search(sqlite: bool) -> tuple[str, ...]:
    if not sqlite:
        return (
            "CREATE TABLE ticket_search (ticket_id BIGINT NOT NULL PRIMARY KEY REFERENCES ticket(id), words TSVECTOR NOT NULL)",
            "CREATE INDEX ticket_search_words ON ticket_search USING gin (words) WITH (fastupdate = off)",
        )
    contentless = "content='', contentless_delete=1, " if sqlite_library.sqlite_version_info >= (3, 43) else ""
    return (
        f"CREATE VIRTUAL TABLE ticket_search USING fts5(words, {contentless}detail=none, prefix='2 3', tokenize='ascii')",
        "CREATE TABLE vocabulary (word TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID",
    )
