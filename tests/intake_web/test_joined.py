"""A ticket that goes on in a later one: its page says where, the later page has both, and nothing more is taken here."""

from __future__ import annotations

import pytest

from core import language as tongue
from core.errors import NotFound
from core.language import LANGUAGES
from core.people.views import Staff
from core.tickets.citizens import following
from core.tickets.many import merging
from tests.harness import cast
from tests.harness.page import Page
from tests.intake_web import markup
from tests.intake_web.people import Citizen


@pytest.fixture
def me(citizen: Citizen) -> Staff:
    return cast.analyst("Ana Rojas")


@pytest.fixture
def joined(citizen: Citizen, me: Staff) -> tuple[str, str]:
    """The folios of two tickets made one: the earlier, and the one in which it goes on."""
    earlier = cast.ticket(citizen.account, texto="Escribí mal mi trámite.")
    following.withdraw(citizen.account, earlier)
    later = cast.ticket(citizen.account, texto="Ahora sí está bien.")
    rows = [cast.row_of(folio, me) for folio in (earlier, later)]
    merging.merge(me, *((row.id, row.version) for row in rows))
    return earlier, later


def page_of(citizen: Citizen, folio: str) -> Page:
    return citizen.visitor.get(f"/ticket/{folio}")


def test_the_page_of_the_earlier_one_says_where_it_goes_on(citizen: Citizen, joined: tuple[str, str]) -> None:
    earlier, later = joined
    page = page_of(citizen, earlier)
    assert page.status == 200
    assert f"Es sobre lo mismo que tu ticket {later}: ahí seguimos." in page.text
    assert f'href="/ticket/{later}"' in page.text
    assert "/segundo" not in page.text
    assert markup.unlabelled(page) == []


def test_the_page_of_the_later_one_has_both_conversations(citizen: Citizen, joined: tuple[str, str]) -> None:
    earlier, later = joined
    text = page_of(citizen, later).text
    assert text.index("Escribí mal mi trámite.") < text.index("Ahora sí está bien.")
    assert f'href="/ticket/{earlier}"' in text


def test_what_is_added_to_the_earlier_one_is_refused_with_the_way_on(citizen: Citizen, joined: tuple[str, str]) -> None:
    earlier, later = joined
    form = next(form for form in page_of(citizen, later).forms if form.action.endswith("/agregar"))
    refused = citizen.visitor.post(f"/ticket/{earlier}/agregar", {**form.fields, "texto": "y esto"})
    assert refused.status == 409
    assert "Este ticket sigue en otro de los tuyos" in refused.text
    assert f"/ticket/{later}" in refused.text
    assert "y esto" in refused.text


def test_a_stranger_learns_nothing_of_it(citizen: Citizen, joined: tuple[str, str]) -> None:
    stranger = cast.account()
    with pytest.raises(NotFound):
        following.ticket_of(stranger, joined[0])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_letters_of_joining_and_parting_name_both(citizen: Citizen, me: Staff, language: str) -> None:
    with tongue.using(language):
        earlier = cast.ticket(citizen.account)
        following.withdraw(citizen.account, earlier)
        later = cast.ticket(citizen.account)
    rows = [cast.row_of(folio, me) for folio in (earlier, later)]
    merging.merge(me, *((row.id, row.version) for row in rows))
    merging.part(me, rows[0].id)
    told = cast.letters_to(citizen.account.email)[-2:]
    assert [(letter.kind, letter.language) for letter in told] == [("joined", language), ("parted", language)]
    assert all(earlier in letter.subject + letter.body and later in letter.subject + letter.body for letter in told)
