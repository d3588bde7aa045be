"""The history of a ticket in words, and as a file."""

from __future__ import annotations

import ast
import hashlib
import json

import pytest

from core import clock
from core.files import attachments
from core.people.views import Staff
from core.tickets import desk, visits
from core.tickets.asides import event_words, history, papers, related, tags, taking_out
from tests.harness import cast, life
from tests.harness.filing import put
from tests.rules import sources

CHOSEN_BY_THE_CALLER = {*visits.KINDS, "bloqueado", "desbloqueado", "suprimido", "relacionado", "separado"}
"""Kinds that reach `record` through a variable."""


@pytest.fixture
def me(database: str) -> Staff:
    return cast.analyst("Ana Rojas", role="supervisor", rights=("nna",))


def recorded() -> set[str]:
    """Every kind that stands in a `record(` of the tickets' histories."""
    calls = [
        (path, node)
        for path in sources.modules("core")
        for node in ast.walk(sources.tree(path))
        if isinstance(node, ast.Call) and sources.dotted(node.func).rpartition(".")[2] == "record" and len(node.args) > 1
    ]
    return {str(node.args[1].value) for _path, node in calls if isinstance(node.args[1], ast.Constant)}


def test_every_kind_of_event_has_words() -> None:
    assert len(recorded()) > 15
    assert (recorded() | CHOSEN_BY_THE_CALLER) - set(event_words.WORDS) == set()
    assert set(event_words.WORDS) - recorded() - CHOSEN_BY_THE_CALLER == set()
    assert set(event_words.WORDS) >= event_words.BY_THE_PERSON


def test_a_whole_life_is_told_in_words(me: Staff) -> None:
    lived = life.lead("ara", me)
    for folio in (lived.open_folio, lived.answered_folio):
        ticket_id = cast.row_of(folio, me).id
        told = history.of_ticket(me, ticket_id)
        assert [each.at for each in told] == sorted(each.at for each in told)
        assert [each for each in told if each.what == each.kind or not each.what] == []
    events = [each for each in told if each.kind != history.LETTER]
    assert [(each.who, each.what) for each in events][:3] == [
        ("la persona", "escribió el ticket: Prórroga de permanencia transitoria"),
        ("la persona", "agregó información"),
        ("Ana Rojas", "dejó una nota interna"),
    ]
    assert any(each.what.endswith("rebotó") for each in told if each.kind == history.LETTER)
    assert any(": entregada al servidor" in each.what for each in told if each.kind == history.LETTER)


def test_codes_are_told_by_the_names_that_they_stand_for(me: Staff) -> None:
    cast.analyst("Marta Soto")
    one, other = cast.ticket(), cast.ticket()
    ticket_id = cast.row_of(one, me).id
    desk.note(me, ticket_id, "@marta mira", "k")
    related.relate(me, ticket_id, other)
    tags.add(me, ticket_id, "secreta")
    taking_out.link(me, ticket_id, "plazo")
    told = [f"{each.who} {each.what}" for each in history.of_ticket(me, ticket_id) if each.kind != history.LETTER]
    assert told[1:] == [
        "Ana Rojas dejó una nota interna",
        "Ana Rojas mencionó a Marta Soto",
        f"Ana Rojas lo relacionó con otro ticket: {other}",
        "Ana Rojas puso una etiqueta",
        "Ana Rojas hizo un enlace para bajar el plazo día por día",
    ]


def test_a_ticket_that_one_may_not_see_is_not_named(me: Staff) -> None:
    analyst = cast.analyst("Luis Soto")
    one, childs = cast.ticket(), cast.ticket(cast.child())
    related.relate(me, cast.row_of(one, me).id, childs)
    told = history.of_ticket(analyst, cast.row_of(one, me).id)
    assert [each.what for each in told if each.kind == "relacionado"] == ["lo relacionó con otro ticket"]


def test_the_history_as_text_numbers_what_happened_and_the_documents(me: Staff) -> None:
    owner = cast.account()
    put(owner, "Resolución 1234")
    folio = cast.ticket(owner)
    ticket_id = cast.row_of(folio, me).id
    desk.claim(me, ticket_id)
    paper = papers.make(me, ticket_id, papers.HISTORY)
    assert paper.name == f"{folio}-historia.txt"
    lines = paper.text.splitlines()
    assert lines[1] == f"Historia del ticket {folio}"
    assert any(line.startswith("   1  ") and "la persona escribió el ticket" in line for line in lines)
    assert any("Ana Rojas lo tomó" in line for line in lines)
    assert any("Resolución 1234" in line and "bytes" in line for line in lines[lines.index("Documentos") :])


def test_the_history_for_programs_has_codes_instants_and_digests(me: Staff) -> None:
    owner = cast.account()
    put(owner, "Resolución")
    ticket_id = cast.row_of(cast.ticket(owner), me).id
    paper = papers.make(me, ticket_id, papers.HISTORY_JSON)
    whole = json.loads(paper.text)
    assert (paper.media_type, whole["generado_por"], whole["estado"]) == ("application/json", "Ana Rojas", "ingresado")
    first = whole["actuaciones"][0]
    assert (first["numero"], first["clase"], first["quien"]) == (1, "abierto", "la persona")
    assert first["fecha"] == clock.local(history.of_ticket(me, ticket_id)[0].at).isoformat()
    (document,) = whole["documentos"]
    with attachments.open_sent(ticket_id, 1).content as content:
        assert document["sha256"] == hashlib.sha256(content.read()).hexdigest()


def test_the_term_as_text_is_what_the_person_reads(me: Staff) -> None:
    folio = cast.ticket()
    text = papers.make(me, cast.row_of(folio, me).id, papers.TERM).text
    assert f"Cómo se cuenta el plazo del ticket {folio}" in text
    assert "ingreso legal: se cuenta desde el día siguiente" in text
    assert " 10  " in text
    assert "Respuesta a más tardar:" in text
    assert max(map(len, text.splitlines())) <= 78


def test_what_is_printed_moves_nothing_on_a_terminal(me: Staff) -> None:
    owner = cast.account()
    put(owner, "a\x1b]0;x\x07b\u202ec")
    ticket_id = cast.row_of(cast.ticket(owner), me).id
    for kind in (papers.TERM, papers.HISTORY):
        assert not set(papers.make(me, ticket_id, kind).text) & {"\x1b", "\x07", "\u202e"}
