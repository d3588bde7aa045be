"""Asking about one's own data: receipt, clock, answer as proof."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial

import pytest

from core import clock
from core.errors import Conflict, Invalid, NotFound, TooOften
from core.mail import outbox
from core.mail.views import Letter
from core.operations.rights import blocking, requests
from core.operations.rights.views import KINDS, DataRequest
from core.people.account_views import Account
from tests.harness import cast
from tests.harness.crowd import at_once

DAY = 24 * 3600


pytestmark = pytest.mark.usefixtures("database")


def at(year: int, month: int, day: int, hour: int = 12) -> int:
    return int(datetime(year, month, day, hour + 3, tzinfo=UTC).timestamp())


def last_letter(owner: Account) -> Letter:
    return outbox.letters_of(owner.id)[0]


def the_request(owner: Account) -> DataRequest:
    return requests.requests_of(owner)[0]


@pytest.mark.parametrize("kind", KINDS)
def test_asking_leaves_a_request_and_a_receipt_with_its_last_day(owner: Account, kind: str) -> None:
    number = requests.ask(owner, kind, "Se trata de mi fecha de nacimiento.")
    asked = the_request(owner)
    assert (asked.id, asked.kind, asked.body) == (number, kind, "Se trata de mi fecha de nacimiento.")
    assert asked.is_waiting
    receipt = last_letter(owner)
    assert receipt.kind == "data-receipt"
    assert f"N° {number}" in receipt.body
    assert ("25 de noviembre de 2026" if kind == "bloqueo" else "23 de diciembre de 2026") in receipt.body


@pytest.mark.parametrize(
    ("kind", "asked_at", "due"),
    [
        ("acceso", at(2026, 11, 21), date(2026, 12, 21)),  # a Saturday: calendar days run at once
        ("supresion", at(2027, 1, 31), date(2027, 3, 2)),
        ("bloqueo", at(2026, 11, 20), date(2026, 11, 24)),  # a Friday
        ("bloqueo", at(2026, 11, 21), date(2026, 11, 25)),  # a Saturday counts as Monday
        ("bloqueo", at(2026, 12, 4), date(2026, 12, 9)),  # the 8th is a holiday
        ("bloqueo", at(2026, 12, 24), date(2026, 12, 29)),
    ],
)
def test_the_clock_runs_in_calendar_days_and_for_a_blocking_in_business_days(kind: str, asked_at: int, due: date) -> None:
    assert requests.due_day(kind, asked_at) == due


def test_the_clock_goes_by_santiagos_day() -> None:
    late_in_the_evening = int(datetime(2026, 11, 24, 2, 30, tzinfo=UTC).timestamp())  # still the 23rd in Santiago
    assert requests.due_day("acceso", late_in_the_evening) == date(2026, 12, 23)


def test_the_same_request_sent_twice_is_one(owner: Account) -> None:
    first = requests.ask(owner, "acceso", "Todo")
    assert requests.ask(owner, "acceso", "  Todo ") == first
    assert requests.ask(owner, "acceso", "Otra cosa") != first
    assert [letter.kind for letter in outbox.letters_of(owner.id)].count("data-receipt") == 2


def test_the_same_request_sent_many_times_at_once_is_one(owner: Account) -> None:
    calls: list[Callable[[], int]] = [partial(requests.ask, owner, "supresion", "Todo") for _ in range(6)]
    assert len(set(at_once(calls))) == 1
    assert len(requests.requests_of(owner)) == 1


@pytest.mark.parametrize("kind", ["", "todo", "acceso ", "<b>"])
def test_only_what_the_law_knows_can_be_asked(owner: Account, kind: str) -> None:
    with pytest.raises(Invalid) as refused:
        requests.ask(owner, kind, "x")
    assert set(refused.value.fields) == {"derecho"}


@pytest.mark.parametrize("text", ["", "   ", "\u200b"])
def test_what_needs_a_reason_is_not_asked_without(owner: Account, text: str) -> None:
    for kind in requests.NEED_WORDS:
        with pytest.raises(Invalid) as refused:
            requests.ask(owner, kind, text)
        assert set(refused.value.fields) == {"texto"}
    assert requests.ask(owner, "supresion", text)


def test_a_text_has_a_longest_length(owner: Account) -> None:
    with pytest.raises(Invalid, match=r"10\.001"):
        requests.ask(owner, "acceso", "a" * 10_001)


def test_nobody_can_flood_the_desk(owner: Account) -> None:
    with pytest.raises(TooOften):
        for number in range(50):
            requests.ask(owner, "acceso", str(number))


def test_an_answer_is_a_letter_and_stays_readable(owner: Account) -> None:
    number = requests.ask(owner, "oposicion", "No quiero encuestas.")
    clock.advance(DAY)
    requests.answer(number, "acogida", "Ya no te las enviaremos.\nGracias por avisar.")
    answered = the_request(owner)
    assert (answered.outcome, answered.answer, answered.answered_at) == (
        "acogida",
        "Ya no te las enviaremos.\nGracias por avisar.",
        clock.now(),
    )
    letter = last_letter(owner)
    assert letter.kind == "data-answer"
    assert "Resultado: Aceptada." in letter.body
    assert "Ya no te las enviaremos.\nGracias por avisar." in letter.body
    assert "23 de noviembre de 2026" in letter.body


def test_a_request_is_answered_once(owner: Account) -> None:
    number = requests.ask(owner, "acceso", "")
    requests.answer(number, "acogida", "Descárgalos en Mis datos.")
    with pytest.raises(Conflict, match="23-11-2026"):
        requests.answer(number, "rechazada", "No.")


def test_of_two_who_answer_at_once_one_does(owner: Account) -> None:
    number = requests.ask(owner, "acceso", "")
    outcomes = at_once([partial(requests.answer, number, "acogida", str(who)) for who in range(4)])
    assert sorted(type(each).__name__ for each in outcomes) == ["Conflict"] * 3 + ["NoneType"]
    assert [letter.kind for letter in outbox.letters_of(owner.id)].count("data-answer") == 1


@pytest.mark.parametrize(("outcome", "text", "field"), [("sí", "x", "outcome"), ("acogida", " ", "text"), ("", "x", "outcome")])
def test_an_answer_says_how_and_why(owner: Account, outcome: str, text: str, field: str) -> None:
    number = requests.ask(owner, "acceso", "")
    with pytest.raises(Invalid) as refused:
        requests.answer(number, outcome, text)
    assert set(refused.value.fields) == {field}
    assert the_request(owner).is_waiting


def test_what_does_not_exist_cannot_be_answered() -> None:
    with pytest.raises(NotFound, match="ayuda person requests"):
        requests.answer(7, "acogida", "x")


@pytest.mark.parametrize(("kind", "command"), [("supresion", "erase"), ("bloqueo", "block")])
def test_what_is_granted_by_doing_it_names_the_command(owner: Account, kind: str, command: str) -> None:
    number = requests.ask(owner, kind, "Por favor")
    with pytest.raises(Conflict, match=f"ayuda person {command} {owner.email}"):
        requests.answer(number, "acogida", "Listo.")
    requests.answer(number, "rechazada", "La ley obliga a guardarlos.")
    assert the_request(owner).outcome == "rechazada"


def test_thirty_days_more_can_be_taken_once_and_in_time(owner: Account) -> None:
    number = requests.ask(owner, "acceso", "")
    clock.advance(30 * DAY)
    assert requests.extend(number, "Buscamos en archivos antiguos.") == date(2027, 1, 22)
    letter = last_letter(owner)
    assert letter.kind == "data-extension"
    assert "22 de enero de 2027" in letter.body
    assert "Buscamos en archivos antiguos." in letter.body
    assert the_request(owner).due_on == date(2027, 1, 22)
    with pytest.raises(Conflict, match="ya se prorrogó"):
        requests.extend(number, "Otra vez.")


def test_what_is_late_already_cannot_be_put_off(owner: Account) -> None:
    number = requests.ask(owner, "acceso", "")
    clock.advance(31 * DAY)
    with pytest.raises(Conflict, match="venció"):
        requests.extend(number, "Tarde.")
    assert the_request(owner).days_left == -1


def test_a_blocking_is_never_put_off(owner: Account) -> None:
    number = requests.ask(owner, "bloqueo", "Mientras se corrige.")
    with pytest.raises(Conflict, match="2 días hábiles"):
        requests.extend(number, "Más tiempo.")


def test_what_waits_is_listed_with_the_most_urgent_first(owner: Account) -> None:
    other = cast.account()
    first = requests.ask(owner, "acceso", "")
    urgent = requests.ask(other, "bloqueo", "Mientras se corrige.")
    done = requests.ask(other, "acceso", "")
    requests.answer(done, "acogida", "Listo.")
    assert [(each.id, each.email, each.days_left) for each in requests.waiting()] == [
        (urgent, other.email, 2),
        (first, owner.email, 30),
    ]


def test_people_see_their_own_requests_only(owner: Account) -> None:
    requests.ask(owner, "acceso", "")
    assert requests.requests_of(cast.account()) == ()


def test_whoever_is_blocked_can_still_ask(owner: Account) -> None:
    blocking.block(owner)
    assert requests.ask(owner, "acceso", "")
