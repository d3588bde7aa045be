"""Erasing somebody: everything that tells who they were is gone, and the figures stay as they were."""

from __future__ import annotations

from core import clock, dates, language
from core.database import shredding
from core.database.binding import unlocked, writes
from core.errors import NotFound
from core.files import keeping
from core.mail import outbox
from core.operations.rights import files, requests, whose
from core.operations.rights.registry import HOLDINGS
from core.operations.rights.whose import Whose
from core.people import accounts
from core.people.account_views import Account
from core.tickets import freezing
from core.tickets.answers import drawer


@unlocked
def erase(account: Account) -> None:
    """Erase an account with all its persons, for good; raises `NotFound` when that was done before.

    An open ticket is given up. Whoever had asked for it gets one last letter, of which nothing is kept
    once it is delivered.
    """
    ticket_ids = whose.whose(account.id).ticket_ids
    with shredding.for_good():
        digests = _erase(account)
    keeping.clear_away(digests)
    drawer.forget(ticket_ids)


@writes
def _erase(account: Account) -> list[str]:
    """Erase the rows; the digests of the files that were sent along."""
    mine = whose.hold(account.id)
    if mine.email != account.email:
        raise NotFound("Esa cuenta ya no existe o cambió de correo.")
    asked = requests.settle_all(account.id, {"supresion": "acogida"}, otherwise="sin_objeto")
    freezing.give_up(mine.ticket_ids)
    freezing.mark(mine.ticket_ids, "suprimido")
    accounts.forget_unproven(mine.addresses)
    digests = files.digests(mine)
    for scrub in dict.fromkeys(holding.scrub for holding in HOLDINGS if holding.scrub):
        scrub(mine)
    if "supresion" in asked:
        _say_goodbye(account, mine)
    return digests


def _say_goodbye(account: Account, mine: Whose) -> None:
    with language.using(account.language):
        today = dates.day_year(clock.today())
    outbox.write("data-erased", address=mine.email, language=account.language, date=today)
