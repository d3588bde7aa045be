"""Every table and every text column is accounted for in what is handed out and in what is erased."""

from __future__ import annotations

import json
import zipfile

import pytest

from core.database.binding import db, reads
from core.operations.rights import archive, labels
from core.operations.rights.registry import HOLDINGS, NOTHING_PERSONAL
from core.people.account_views import Account
from core.people.views import Staff
from tests.harness import cast, life

CODES = {
    "account.language",
    "account.password_hash",
    "answer_draft.kind",
    "attachment.digest",
    "attachment.kind",
    "appointment.office",
    "appointment.state",
    "appointment.uid",
    "data_request.kind",
    "data_request.outcome",
    "draft_version.kind",
    "event.code",
    "event.kind",
    "held_answer.overruled",
    "held_answer.submit_key",
    "joint.former_state",
    "letter.attachment_name",
    "letter.attachment_type",
    "letter.kind",
    "letter.language",
    "letter.message_id",
    "letter.state",
    "letter.subject",
    "letter.thread",
    "link.nonce",
    "link.purpose",
    "link.visitor",
    "look.kind",
    "look.reason",
    "message.kind",
    "message.submit_key",
    "own_view.sort",
    "pause.outcome",
    "person.country",
    "person.relation",
    "referral.categoria",
    "session.digest",
    "session.previous_digest",
    "session.series",
    "surge.state",
    "throttle.key",
    "ticket.categoria",
    "ticket.folio",
    "ticket.language",
    "ticket.materia",
    "ticket.region",
    "ticket.route",
    "ticket.state",
    "ticket.submit_key",
    "ticket.tipo",
    "ticket_draft.sheet",
    "ticket_draft.submit_key",
    "tramite.id",
    "tramite.kind",
    "tramite.state",
    "tramite_start.kind",
    "tramite_start.submit_key",
    "tramite_start.tramite_id",
    "visitor_draft.form",
    "visitor_draft.visitor",
}
"""Columns of text that say nothing about who somebody is: codes, digests, our own sentences."""
NOT_HANDED_OUT = {"many", "motive", "verdict", "note", "reason", "unfinished", "held", "overruled", "typed", "error", "stranger"}
"""Words that are somebody else's, or that no account leads to."""


@pytest.fixture
def boss(database: str) -> Staff:
    return cast.analyst("Eva Díaz", role="supervisor", rights=("nna",))


@reads
def tables() -> set[str]:
    return {name for name in db.get_tables() if not name.startswith(("sqlite_", "ticket_search_"))}


@reads
def text_columns() -> set[str]:
    names = tables() - set(NOTHING_PERSONAL) - {"ticket_search", "vocabulary"}
    return {
        f"{table}.{column.name}"
        for table in names
        for column in db.get_columns(table)
        if column.data_type.lower() in ("text", "character varying")
    }


def test_every_table_is_declared_once(database: str) -> None:
    held = [holding.table for holding in HOLDINGS]
    assert len(held) == len(set(held))
    assert set(held) & set(NOTHING_PERSONAL) == set()
    declared = set(held) | set(NOTHING_PERSONAL)
    engines_own = {"vocabulary"}  # SQLite's alone
    assert declared - tables() <= engines_own
    assert tables() - declared == set()


def test_what_is_neither_handed_out_nor_erased_says_why(database: str) -> None:
    assert [each.table for each in HOLDINGS if not (each.gather and each.scrub) and not each.because] == []
    assert [each.table for each in HOLDINGS if not (each.gather or each.scrub)] == []
    assert [each.table for each in HOLDINGS if bool(each.gather) != bool(each.section)] == []


def test_every_column_of_text_holds_words_of_a_whole_life_or_codes(boss: Staff) -> None:
    """A new column fails here until somebody says which of the two it is, and erases it if it holds words."""
    somebody = life.lead("ara", boss)
    with_words = set().union(*(life.places_of(secret) for secret in somebody.secrets))
    assert text_columns() - with_words - CODES == set()
    assert with_words & CODES == set()


def test_a_whole_life_leaves_rows_in_every_table_with_personal_data(boss: Staff) -> None:
    life.lead("ara", boss)
    empty = {table for table, held in life.rows().items() if not held}
    assert {each.table for each in HOLDINGS} & empty == set()


def test_all_that_is_held_is_handed_out(boss: Staff) -> None:
    somebody = life.lead("ara", boss)
    files = _files(somebody.account)
    whole = files["datos.json"].decode()
    page = files["datos.html"].decode()
    wanted = {what for what, word in somebody.words.items() if what not in NOT_HANDED_OUT}
    assert {what for what in wanted if somebody.words[what] not in whole} == set()
    assert {what for what in wanted if somebody.words[what] not in page} == set()
    assert json.loads(whole)["cuenta"][0]["run"]


def test_every_section_and_field_of_the_page_has_a_name_in_words(boss: Staff) -> None:
    document = archive.gather(life.lead("ara", boss).account)
    assert set(document.sections) == {each.section for each in HOLDINGS if each.section}
    assert [name for name, records in document.sections.items() if not labels.title(name) or not records] == []
    keys = {key for records in document.sections.values() for record in records for key in record}
    assert [key for key in sorted(keys) if labels.label(key) == key] == []


def test_what_others_wrote_for_themselves_is_not_handed_out(boss: Staff) -> None:
    somebody = life.lead("ara", boss)
    everything = "".join(map(_text, _files(somebody.account).values()))
    assert {what for what in NOT_HANDED_OUT if somebody.words[what] in everything} == set()
    assert json.loads(_files(somebody.account)["datos.json"])["notas_internas_no_incluidas"] == 1


def test_nobody_elses_words_are_handed_out(boss: Staff) -> None:
    somebody, other = life.lead("ara", boss), life.lead("oro", boss)
    everything = "".join(map(_text, _files(somebody.account).values())).casefold()
    assert [secret for secret in other.secrets if secret.casefold() in everything] == []


def _files(account: Account) -> dict[str, bytes]:
    with archive.download(account) as whole, zipfile.ZipFile(whole) as files:
        return {name: files.read(name) for name in files.namelist()}


def _text(content: bytes) -> str:
    return content.decode()
