"""An answered ticket closes when its person says so, or by itself after thirty days."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from core import clock
from core.database import binding
from core.errors import Conflict, NotAllowed, NotFound
from core.operations import housekeeping
from core.operations.rights import blocking
from core.people import accounts
from core.people.account_views import Account
from core.tickets import closing, desk, sheets
from core.tickets.citizens import following
from tests.harness import cast

DAY = 24 * 3600


def answered(owner: Account) -> str:
    analyst, folio = cast.analyst(), cast.ticket(owner)
    row = cast.row_of(folio, analyst)
    desk.reply(analyst, row.id, row.version, "Sí, puedes.", f"answer {folio}")
    return folio


def ends(folio: str) -> list[tuple[str, str]]:
    """What the ticket's history says of its end."""
    analyst = cast.analyst()
    history = sheets.open_sheet(analyst, cast.row_of(folio, analyst).id, cast.REASON).events
    return [(event.kind, event.code) for event in history if event.kind == "cerrado"]


def test_its_person_closes_it_once_and_nobody_else_does(owner: Account) -> None:
    folio = answered(owner)
    with pytest.raises(NotFound):
        closing.enough(cast.account(), folio)
    closing.enough(owner, folio)
    closing.enough(owner, folio)
    assert following.ticket_of(owner, folio).state == "cerrado"
    assert ends(folio) == [("cerrado", "persona")]


def test_what_waits_for_its_answer_is_not_closed(owner: Account) -> None:
    with pytest.raises(Conflict):
        closing.enough(owner, cast.ticket(owner))


def test_after_thirty_days_it_closes_by_itself_once(owner: Account) -> None:
    folio, later = answered(owner), answered(cast.account())
    still_open = cast.ticket()
    clock.advance(30 * DAY - 1)
    assert closing.close_old() == 0
    clock.advance(1)
    with ThreadPoolExecutor(3) as workers:
        closed = sum(workers.map(_close_elsewhere, range(3)))
    assert closed == 2
    assert ends(folio) == ends(later) == [("cerrado", "plazo")]
    assert ends(still_open) == []


def _close_elsewhere(_number: int) -> int:
    """As another worker would."""
    try:
        return closing.close_old()
    finally:
        binding.close()


def test_more_than_one_batch_is_closed_and_blocked_data_stay_as_they_are(owner: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(closing, "_BATCH", 2)
    monkeypatch.setattr(closing, "_DUE", type(closing._DUE)(closing._DUE._build))
    blocked = answered(owner)
    others = [cast.account() for _ in range(5)]
    folios = [answered(each) for each in others]
    blocking.block(owner)
    clock.advance(31 * DAY)
    housekeeping.tidy()
    assert {following.ticket_of(who, folio).state for who, folio in zip(others, folios, strict=True)} == {"cerrado"}
    blocked_owner = accounts.named(owner.email)
    assert following.ticket_of(blocked_owner, blocked).state == "respondido"
    with pytest.raises(NotAllowed):
        closing.enough(blocked_owner, blocked)
