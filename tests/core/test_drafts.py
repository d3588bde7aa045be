"""A draft loses no words: not between two windows, not on the way back, not when somebody else's page is stale."""

from __future__ import annotations

import pytest

from core.errors import Conflict
from core.people.account_views import Account
from core.tickets import opening
from core.tickets.citizens import drafts
from core.tickets.views import Draft
from tests.harness import cast

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def person(owner: Account) -> int:
    return owner.persons[0].id


def begun(person: int) -> Draft:
    return drafts.save(person, {**cast.TICKET, "texto": ""})


def test_two_windows_that_began_together_keep_both_texts(owner: Account, person: int) -> None:
    one, other = drafts.new_sheet(begun(person)), drafts.new_sheet(begun(person))
    drafts.save(person, {"texto": "uno"}, one)
    kept = drafts.save(person, {"texto": "dos"}, other)
    assert (kept.fields["texto"], kept.other_text) == ("dos", "uno")
    with pytest.raises(Conflict):
        opening.open_ticket(owner, person, kept.key)


def test_a_page_that_showed_both_texts_settles_it(owner: Account, person: int) -> None:
    one, other = drafts.new_sheet(begun(person)), drafts.new_sheet(begun(person))
    drafts.save(person, {"texto": "uno"}, one)
    seen = drafts.new_sheet(drafts.save(person, {"texto": "dos"}, other))
    kept = drafts.save(person, {"texto": "dos y uno"}, seen)
    assert (kept.fields["texto"], kept.other_text) == ("dos y uno", "")
    assert opening.open_ticket(owner, person, kept.key)


def test_three_windows_keep_three_texts(person: int) -> None:
    sheets = [drafts.new_sheet(begun(person)) for _ in range(3)]
    for sheet, text in zip(sheets, ("uno", "dos", "tres"), strict=True):
        kept = drafts.save(person, {"texto": text}, sheet)
    assert (kept.fields["texto"], kept.other_text) == ("tres", "uno\n\ndos")


def test_an_empty_box_of_a_stale_window_erases_nothing(person: int) -> None:
    one, other = drafts.new_sheet(begun(person)), drafts.new_sheet(begun(person))
    drafts.save(person, {"texto": "uno"}, one)
    assert drafts.save(person, {"texto": " "}, other).other_text == "uno"


def test_the_same_page_sent_again_is_no_other_window(person: int) -> None:
    sheet = drafts.new_sheet(begun(person))
    for text in ("uno", "uno", "uno y más"):
        kept = drafts.save(person, {"texto": text}, sheet)
    assert (kept.fields["texto"], kept.other_text) == ("uno y más", "")
    drafts.save(person, {"tipo": "reclamo"})
    assert drafts.save(person, {"texto": "de vuelta"}, sheet).other_text == ""


def test_the_other_text_can_take_its_place_and_none_is_lost(person: int) -> None:
    one, other = drafts.new_sheet(begun(person)), drafts.new_sheet(begun(person))
    drafts.save(person, {"texto": "uno"}, one)
    drafts.save(person, {"texto": "dos"}, other)
    drafts.exchange(person, "dos, cambiado")
    kept = drafts.read(person)
    assert kept is not None
    assert (kept.fields["texto"], kept.other_text) == ("uno", "dos, cambiado")


def test_a_form_without_a_mark_is_taken_as_it_comes(person: int) -> None:
    begun(person)
    drafts.save(person, {"texto": "uno"})
    assert drafts.save(person, {"texto": "dos"}).other_text == ""


def test_being_referred_twice_on_a_day_is_told_once(person: int) -> None:
    from tests.harness import life

    for _ in range(2):
        opening.refer(person, "rc-clave")
    assert len(life.rows()["referral"]) == 1
