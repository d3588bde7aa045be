"""The share of good grades, with how many grades it is of; and the comments, for supervisors alone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core import clock
from core.errors import NotAllowed
from core.figures import comments, report, stats
from core.figures.views import Grades
from core.people.account_views import Account
from core.people.views import Staff
from core.tickets import desk
from core.tickets.citizens import survey
from tests.harness import cast

DAY = 24 * 3600


@pytest.fixture
def chief(database: str) -> Staff:
    return cast.analyst("Camila Soto", role="supervisor")


def graded(grade: int, words: str = "", owner: Account | None = None, by: Staff | None = None) -> str:
    """The folio of a ticket that was answered and graded."""
    analyst, folio = by or cast.analyst(rights=("nna",)), cast.ticket(owner)
    row = cast.row_of(folio, analyst)
    desk.reply(analyst, row.id, row.version, "Sí, puedes.", f"answer {folio}")
    survey.answer(survey.link(row.id).rpartition("/")[2], str(grade), words)
    return folio


def test_the_share_of_sixes_and_sevens_is_that_of_the_period(chief: Staff) -> None:
    today = clock.today()
    assert stats.stats(chief).grades == Grades(0, None)
    for grade in (7, 6, 6, 5):
        graded(grade)
    clock.advance(2 * DAY)
    graded(1)
    figures = stats.stats(None)
    assert (figures.grades.answers, figures.grades.share_6_7) == (5, 0.6)
    assert figures.as_json()["grades"] == {"answers": 5, "share_6_7": 0.6}
    assert "Nota 6-7: 60 % (n 5)" in report.text(figures)
    assert stats.stats(None, today, today).grades == Grades(4, 0.75)
    assert stats.stats(None, today + timedelta(days=1), today + timedelta(days=1)).grades == Grades(0, None)
    assert "Nota 6-7: — (n 0)" in report.text(stats.stats(None, today + timedelta(days=1), today + timedelta(days=1)))


def test_supervisors_read_the_comments_newest_first_and_page_by_page(chief: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    folios = []
    for number in range(5):
        folios.append(graded(7, f"Palabras {number}"))
        clock.advance(60 * (number % 2))
    graded(7)
    pages, page = [], comments.comments(chief)
    assert [comment.folio for comment in page] == folios[::-1]
    monkeypatch.setattr(comments, "PAGE", 2)
    monkeypatch.setattr(comments, "_PAGE", type(comments._PAGE)(comments._PAGE._build))
    page = comments.comments(chief)
    while page:
        pages.append([comment.words for comment in page])
        page = comments.comments(chief, page_end := page[-1])
        assert page_end not in page
    assert pages == [["Palabras 4", "Palabras 3"], ["Palabras 2", "Palabras 1"], ["Palabras 0"]]


def test_comments_are_for_supervisors_and_about_tickets_that_they_may_see(chief: Staff) -> None:
    graded(2, "Sobre un niño", owner=cast.child())
    assert comments.comments(chief) == ()
    assert len(comments.comments(cast.analyst(role="supervisor", rights=("nna",)))) == 1
    with pytest.raises(NotAllowed):
        comments.comments(cast.analyst(rights=("nna",)))
