"""A grade for an answer: by a link in its letter, once, without signing in."""

from __future__ import annotations

import re

import pytest

from core import clock, tokens
from core.errors import Invalid, NotAllowed, NotFound
from core.mail import envelope, outbox
from core.operations import verify
from core.operations.rights import blocking
from core.operations.rights.erasing import erase
from core.people.account_views import Account
from core.people.views import Staff
from core.tickets import desk
from core.tickets.citizens import survey
from tests.harness import cast
from tests.harness.databases import KEYS

DAY = 24 * 3600


@pytest.fixture
def owner(database: str) -> Account:
    outbox.configure("http://127.0.0.1:8000", "a@b.cl")
    return cast.account()


@pytest.fixture
def eva(owner: Account) -> Staff:
    return cast.analyst("Eva Díaz")


@pytest.fixture
def token(owner: Account, eva: Staff) -> str:
    """The token in the letter of an answer."""
    row = cast.row_of(cast.ticket(owner), eva)
    desk.reply(eva, row.id, row.version, "Sí, puedes.", "answer")
    found = re.search(r": http://127\.0\.0\.1:8000/encuesta/(\S+)", cast.letters_to(owner.email)[-1].body)
    assert found is not None
    return found[1]


def test_the_letter_leads_to_a_second_ticket_to_an_hour_and_to_the_grade(owner: Account, token: str) -> None:
    body = cast.letters_to(owner.email)[-1].body
    folio = survey.look(token).folio
    for path in (f"La respuesta no fue suficiente: http://127.0.0.1:8000/ticket/{folio}/segundo", f"/ticket/{folio}/hora"):
        assert path in body


def test_the_first_grade_counts_and_the_second_try_changes_nothing(token: str) -> None:
    assert survey.look(token).standing == "open"
    survey.answer(token, "6", "Rápido [/] y claro\x1b")
    survey.answer(f"{token}).", "1", "Cambié de opinión")
    assert survey.look(token).standing == "answered"
    row = survey.Survey.get()
    assert (row.grade, row.comment) == (6, "Rápido [/] y claro")
    assert list(verify.verify()) == []


@pytest.mark.parametrize("grade", ["", "0", "8", "06", "6.0", "٦", "seis", "-1", "7\n"])
def test_what_is_no_grade_is_refused(token: str, grade: str) -> None:
    with pytest.raises(Invalid) as refused:
        survey.answer(token, grade, "")
    assert set(refused.value.fields) == {"nota"}
    with pytest.raises(Invalid):
        survey.answer(token, "6", "a" * 2_001)
    assert survey.look(token).standing == "open"


def test_a_link_works_for_thirty_days_and_whoever_answered_is_thanked_later_too(token: str, owner: Account, eva: Staff) -> None:
    clock.advance(30 * DAY)
    assert survey.look(token).standing == "open"
    clock.advance(1)
    assert survey.look(token).standing == "expired"
    with pytest.raises(NotFound):
        survey.answer(token, "6", "")
    clock.advance(-2)
    survey.answer(token, "6", "")
    clock.advance(90 * DAY)
    assert survey.look(token).standing == "answered"


def test_a_link_outlives_a_change_of_keys_while_the_old_key_is_kept(token: str) -> None:
    tokens.use_keys(("una-clave-nueva-de-al-menos-treinta-y-dos", *KEYS))
    survey.answer(token, "6", "")
    tokens.use_keys(("una-clave-nueva-de-al-menos-treinta-y-dos",))
    assert survey.look(token).standing == "unknown"
    tokens.use_keys(KEYS)


def test_only_our_links_for_this_purpose_are_links(owner: Account, eva: Staff) -> None:
    row = cast.row_of(cast.ticket(owner), eva)
    unanswered = survey.link(row.id).rpartition("/")[2]
    strange = ["", "x", "..", tokens.issue("validation", row.id), tokens.issue("survey", [1, 2]), tokens.issue("survey", 999_999)]
    assert {survey.look(each).standing for each in (unanswered, *strange)} == {"unknown"}
    for each in (unanswered, *strange):
        with pytest.raises(NotFound):
            survey.answer(each, "6", "")


def test_blocked_data_take_no_grade_and_of_the_erased_no_word_is_left(owner: Account, token: str) -> None:
    blocking.block(owner)
    with pytest.raises(NotAllowed):
        survey.answer(token, "6", "")
    blocking.unblock(owner)
    survey.answer(token, "2", "Nunca me llamaron")
    erase(owner)
    row = survey.Survey.get()
    assert (row.grade, row.comment) == (2, "")
    assert survey.look(token).standing == "unknown"
    assert list(verify.verify()) == []


def test_a_link_of_ours_is_in_the_words_before_it_and_nobody_elses_is(keys: None) -> None:
    ours, theirs = "http://ayuda.example/encuesta/a.b", "http://evil.example/encuesta/a.b"
    page = envelope.html_of(f"Poner una <b>nota</b>: {ours}\nVer: {theirs}\n{ours}", "es", "http://ayuda.example")
    assert f'<a href="{ours}" style="color:#006fb3">Poner una &lt;b&gt;nota&lt;/b&gt;</a>' in page
    assert f'<a href="{ours}" style="color:#006fb3">{ours}</a>' in page
    assert f"Ver: {theirs}" in page
