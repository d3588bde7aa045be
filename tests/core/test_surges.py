"""One answer to many: each letter is its own, many are read by a second person first, and nobody gets what was not approved."""

from __future__ import annotations

import pytest

from core import clock
from core.database.binding import reads
from core.errors import Conflict, Invalid, NotAllowed, NotFound
from core.operations import verify
from core.operations.rights import blocking
from core.people.views import Staff
from core.tickets import desk, looks, sheets
from core.tickets.answers import holding
from core.tickets.citizens import following
from core.tickets.lists import queue
from core.tickets.lists.views import TicketRow
from core.tickets.many import alike, batches, letters, surges
from core.tickets.many.views import Outcome, Surge
from core.tickets.models import Look
from tests.harness import cast
from tests.harness.crowd import at_once

TEXT = "Hola, {nombre}: tu trámite {tramite} sigue en análisis, no tienes que hacer nada. Ticket {folio}."


@pytest.fixture
def boss(database: str) -> Staff:
    return cast.analyst("Eva Díaz", "supervisor")


def rows(me: Staff, count: int) -> list[TicketRow]:
    return [cast.row_of(cast.ticket(cast.account(nombres=f"Rosa {'I' * n}")), me) for n in range(1, count + 1)]


def written(me: Staff, tickets: list[TicketRow], text: str = TEXT) -> Surge:
    surge = surges.begin(me, [row.id for row in tickets])
    surges.save(me, surge.id, text)
    return surge


def seen(me: Staff, surge: Surge) -> dict[int, int]:
    return {letter.row.id: letter.version for letter in letters.letters_of(me, surge.id) if not letter.why_not}


def let_go() -> None:
    """The hold is over: what was sent goes out."""
    clock.advance(holding.SECONDS + 1)
    holding.release_due()


def send(me: Staff, surge: Surge, reason: str = "") -> Outcome:
    """Send it; where nothing can be sent, nothing is done."""
    fields = {"surge": str(surge.id), "motivo": reason}
    plan = batches.preview(me, "responder", list(surges.tickets_of(surge.id)), fields)
    if all(each.why_not for each in plan):
        return Outcome(0, (), {}, tuple(each.row.id for each in plan))
    return batches.carry_out(me, "responder", plan, fields)


def test_few_are_answered_at_once_each_in_words_of_its_own(me: Staff) -> None:
    tickets = rows(me, 3)
    surge = written(me, tickets)
    assert surges.submit(me, surge.id, seen(me, surge)).state == "aprobado"
    outcome = send(me, surge)
    assert len(outcome.done) == 3
    let_go()
    said = [sheets.open_sheet(me, row.id, cast.REASON).messages[-1].body for row in tickets]
    assert said[0] == f"Hola, Rosa I: tu trámite 12345678 sigue en análisis, no tienes que hacer nada. Ticket {tickets[0].folio}."
    assert len(set(said)) == 3
    surges.finish(me, surge.id)
    assert surges.in_hand(me) is None
    assert list(verify.verify()) == []


def test_many_wait_until_somebody_else_has_approved_them(me: Staff, boss: Staff) -> None:
    tickets = rows(me, 6)
    surge = written(me, tickets)
    assert surges.submit(me, surge.id, seen(me, surge)).state == "pedido"
    assert send(me, surge).done == ()
    (asked,) = surges.asked(boss)
    assert len(letters.letters_of(boss, asked.id)) == 6
    surges.review(boss, asked.id, True, "", asked.text)
    assert len(send(me, surge).done) == 6
    assert surges.readable(me, surge.id).reviewer == "Eva Díaz"


def test_whoever_it_waits_for_is_told_beside_the_queue(me: Staff, boss: Staff) -> None:
    def told() -> tuple[int, int]:
        return queue.counts(me).surges, queue.counts(boss).surges

    surge = written(me, rows(me, surges.UNREVIEWED + 1))
    assert told() == (0, 0)
    surges.submit(me, surge.id, seen(me, surge))
    assert told() == (0, 1)
    surges.review(boss, surge.id, True, "", TEXT)
    assert told() == (1, 0)
    send(me, surge)
    surges.finish(me, surge.id)
    assert told() == (0, 0)


def test_nobody_approves_their_own_words_and_analysts_approve_none(me: Staff, boss: Staff) -> None:
    surge = written(boss, rows(boss, 6))
    surges.submit(boss, surge.id, seen(boss, surge))
    assert surges.asked(boss) == surges.asked(me) == ()
    with pytest.raises(NotAllowed):
        surges.review(boss, surge.id, True, "", TEXT)
    with pytest.raises(NotAllowed):
        surges.review(me, surge.id, True, "", TEXT)
    with pytest.raises(NotFound):
        letters.letters_of(me, surge.id)


def test_sent_back_with_words_it_is_written_again(me: Staff, boss: Staff) -> None:
    surge = written(me, rows(me, 6))
    surges.submit(me, surge.id, seen(me, surge))
    with pytest.raises(Invalid):
        surges.review(boss, surge.id, False, " ", TEXT)
    surges.review(boss, surge.id, False, "Falta cuándo.", TEXT)
    mine = surges.in_hand(me)
    assert mine is not None
    assert (mine.state, mine.verdict, mine.text) == ("rechazado", "Falta cuándo.", TEXT)
    surges.save(me, surge.id, TEXT + " Será en marzo.")
    assert surges.submit(me, surge.id, seen(me, surge)).state == "pedido"


def test_approved_words_are_the_ones_that_were_read(me: Staff, boss: Staff) -> None:
    surge = written(me, rows(me, 6))
    surges.submit(me, surge.id, seen(me, surge))
    with pytest.raises(Conflict):
        surges.save(me, surge.id, "otra cosa")
    surges.take_back(me, surge.id)
    surges.save(me, surge.id, "otra cosa")
    surges.submit(me, surge.id, seen(me, surge))
    with pytest.raises(Conflict):
        surges.review(boss, surge.id, True, "", TEXT)
    assert surges.readable(me, surge.id).state == "pedido"


def test_who_may_not_see_every_ticket_does_not_approve(boss: Staff) -> None:
    author = cast.analyst("Iris Paz", rights=("nna",))
    tickets = [*rows(author, 5), cast.row_of(cast.ticket(cast.child()), author)]
    surge = written(author, tickets)
    surges.submit(author, surge.id, seen(author, surge))
    assert len(letters.letters_of(boss, surge.id)) == 5
    with pytest.raises(NotAllowed, match="no permite ver"):
        surges.review(boss, surge.id, True, "", TEXT)


def test_a_ticket_that_changed_since_it_was_approved_gets_nothing(me: Staff) -> None:
    tickets = rows(me, 2)
    surge = written(me, tickets)
    surges.submit(me, surge.id, seen(me, surge))
    desk.claim(me, tickets[0].id)
    changed = [letter.why_not for letter in letters.letters_of(me, surge.id)]
    assert changed == ["cambió desde entonces", ""]
    outcome = send(me, surge)
    assert (outcome.done, list(outcome.refused)) == ((tickets[1].id,), [tickets[0].id])


def test_what_cannot_be_filled_or_is_anothers_is_left_out(me: Staff) -> None:
    with_none = cast.row_of(cast.ticket(tramite_id="", sin_tramite="si"), me)
    others = rows(me, 1)[0]
    desk.claim(cast.analyst("Luis Soto"), others.id)
    surge = written(me, [with_none, others])
    told = {letter.row.id: letter.why_not for letter in letters.letters_of(me, surge.id)}
    assert told == {with_none.id: "no tiene con qué llenar {tramite}", others.id: "lo tiene Luis Soto"}
    surges.save(me, surge.id, "Hola, {fecha}")
    assert letters.letters_of(me, surge.id)[0].why_not.startswith("No existe {fecha}.")
    with pytest.raises(Invalid):
        surges.submit(me, surge.id, {})


def test_all_of_it_is_taken_back_while_it_is_on_hold(me: Staff) -> None:
    owner = cast.account()
    tickets = [*rows(me, 2), cast.row_of(cast.ticket(owner), me)]
    surge = written(me, tickets)
    surges.submit(me, surge.id, seen(me, surge))
    done = send(me, surge).done
    surges.finish(me, surge.id)
    following.add_information(owner, tickets[2].folio, "y algo más", "k")
    assert surges.take_all_back(me, surge.id, done) == 3
    mine = surges.in_hand(me)
    assert mine is not None
    assert (mine.state, mine.tickets) == ("aprobado", 3)
    let_go()
    assert {row.state for row in (cast.row_of(each.folio, me) for each in tickets)} <= {"asignado", "en_analisis"}
    assert [letter.why_not for letter in letters.letters_of(me, surge.id)] == ["", "", "cambió desde entonces"]
    assert len(send(me, surge).done) == 2
    let_go()
    assert surges.take_all_back(me, surge.id, done) == 0
    assert list(verify.verify()) == []


def test_blocked_data_do_not_keep_the_other_letters_from_being_taken_back(me: Staff) -> None:
    owner = cast.account()
    tickets = [cast.row_of(cast.ticket(owner), me), *rows(me, 2)]
    surge = written(me, tickets)
    surges.submit(me, surge.id, seen(me, surge))
    done = send(me, surge).done
    blocking.block(owner)
    assert surges.take_all_back(me, surge.id, done) == 2


def test_that_somebody_read_the_letters_is_kept(me: Staff, boss: Staff) -> None:
    surge = written(me, rows(me, 6))
    surges.submit(me, surge.id, seen(me, surge))
    letters.letters_of(boss, surge.id)
    looked = reads(lambda: Look.select().where(Look.staff == boss.id, Look.kind == looks.PREVIEW).count())
    assert looked() == 6


def test_an_answer_half_written_in_a_ticket_is_not_thrown_away(me: Staff) -> None:
    (row,) = rows(me, 1)
    desk.save_draft(me, row.id, "respuesta", "Estimada")
    surge = written(me, [row])
    assert "a medio escribir" in letters.letters_of(me, surge.id)[0].why_not


def test_what_stands_out_goes_only_with_a_reason(me: Staff) -> None:
    (row,) = rows(me, 1)
    surge = written(me, [row], "Hola, {nombre}: la plataforma es gratuita.")
    (letter,) = letters.letters_of(me, surge.id)
    assert (letter.why_not, bool(letter.warning)) == ("", True)
    surges.submit(me, surge.id, {row.id: letter.version})
    assert send(me, surge).done == ()
    assert send(me, surge, "No hay más que hacer por ahora").done == (row.id,)
    let_go()
    assert "No hay más que hacer" in sheets.open_sheet(me, row.id, cast.REASON).messages[-1].body


def test_the_words_stay_when_other_tickets_are_chosen(me: Staff) -> None:
    tickets = rows(me, 3)
    surge = written(me, tickets[:1])
    again = surges.begin(me, [row.id for row in tickets[1:]])
    assert (again.id, again.text, again.tickets) == (surge.id, TEXT, 2)
    surges.take_out(me, surge.id, tickets[1].id)
    assert list(surges.tickets_of(surge.id)) == [tickets[2].id]
    surges.drop(me, surge.id)
    assert surges.in_hand(me) is None


def test_words_that_a_file_kept_are_those_of_the_answer_in_hand_and_none_are_lost(me: Staff) -> None:
    surge = surges.begin(me, [cast.row_of(cast.ticket(), me).id])
    surges.save(me, surge.id, "Uno")
    told = [surges.recover(me, text) for text in ("Uno", "Uno y dos", "Tres")]
    assert (told, cast.words_to_many(me)) == ([False, True, True], "Tres\n\nUno y dos")


def test_without_an_answer_in_hand_the_words_of_a_file_wait(me: Staff) -> None:
    with pytest.raises(NotFound):
        surges.recover(me, "Uno")


def test_begun_twice_at_once_it_is_one(me: Staff) -> None:
    tickets = rows(me, 2)
    outcomes = at_once([lambda row=row: surges.begin(me, [row.id]) for row in tickets])  # type: ignore[misc]
    assert [isinstance(outcome, Surge) for outcome in outcomes] == [True, True], outcomes
    assert len({outcome.id for outcome in outcomes if isinstance(outcome, Surge)}) == 1


def test_verify_tells_of_many_answered_without_a_second_person(me: Staff) -> None:
    surge = written(me, rows(me, 6))
    surges.submit(me, surge.id, seen(me, surge))
    from core.database.binding import db, writes

    writes(lambda: db.execute_sql("UPDATE surge SET state = 'aprobado'"))()
    assert [line for line in verify.verify() if "nadie más lo revisó" in line]


def test_tickets_that_ask_the_same_are_found(me: Staff) -> None:
    asked = "Hace ocho meses que mi prórroga está en análisis y nadie responde"
    first, near = (cast.row_of(cast.ticket(texto=text), me) for text in (asked, f"{asked}, ¿por qué?"))
    far = cast.row_of(cast.ticket(texto="¿Dónde pago la multa de mi hermano?"), me)
    other = cast.ticket(texto=asked, materia="rd", categoria="rd-estado")
    found = alike.alike(me, first.id)
    assert found[:2] == (first.id, near.id)
    assert {far.id, cast.row_of(other, me).id} & set(found) == set()
