"""What supervisors do with banners: publish, change the end, withdraw, and see who did what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from core import clock
from core.banners import showing
from core.banners.models import Banner as BannerRow
from core.banners.models import BannerEvent
from core.banners.views import Banner, Deed
from core.database import engines
from core.database.binding import db, reads, writes
from core.database.prepared import insert
from core.errors import Conflict, Invalid, NotFound
from core.language import LANGUAGES
from core.people import models as people
from core.people import policy
from core.people.staff import current
from core.people.views import Staff
from core.text import clean_line, is_blank

LONGEST = 300
"""Characters of a banner: it stands above every page, and travels with every page."""
MOST_AT_ONCE = 3
LONGEST_SPAN = 90 * 86_400
"""Seconds after which a banner ends at the latest: one that is always there is read by nobody."""
_LISTED = 40


@writes
def publish(actor: Staff, texts: Mapping[str, str], starts_at: int | None, ends_at: int, key: str) -> int:
    """Put words on every page from an instant on (from now on when none is named) until another; the banner's id.

    `texts` has the words by language; Spanish stands in for those that have none. Sent twice with one key, it is
    published once. Raises `Invalid`, or `Conflict` when too many would be shown at once.
    """
    me = _publisher(actor)
    sent = BannerRow.get_or_none(BannerRow.submit_key == key)
    if sent is not None:
        return int(sent.id)
    said = {code: clean_line(texts.get(code, "")) for code in LANGUAGES}
    begin = max(starts_at or 0, clock.now())
    wrong = _wrong_words(said) | _wrong_end(begin, ends_at)
    if wrong:
        raise Invalid(wrong)
    _require_room(begin, ends_at)
    row_id = insert(BannerRow, starts_at=begin, ends_at=ends_at, submit_key=key, **said)
    _record(row_id, "publicado", me, ends_at)
    return row_id


@writes
def change_end(actor: Staff, banner_id: int, ends_at: int) -> None:
    """Let a banner end at another instant; raises `NotFound`, `Conflict` when it is over, `Invalid`."""
    me, row = _publisher(actor), _standing(banner_id)
    wrong = _wrong_end(row.starts_at, ends_at)
    if wrong:
        raise Invalid(wrong)
    _require_room(max(row.starts_at, clock.now()), ends_at, but=banner_id)
    BannerRow.update(ends_at=ends_at).where(BannerRow.id == banner_id).execute()
    _record(banner_id, "cambiado", me, ends_at)


@writes
def withdraw(actor: Staff, banner_id: int) -> None:
    """Take a banner off every page now, or before anybody saw it; raises `NotFound`, `Conflict` when it is over."""
    me, row = _publisher(actor), _standing(banner_id)
    BannerRow.update(withdrawn_at=clock.now()).where(BannerRow.id == banner_id).execute()
    _record(banner_id, "retirado", me, row.ends_at)


@reads
def banners(actor: Staff) -> tuple[Banner, ...]:
    """The last banners with what was done to each, the newest first."""
    _publisher(actor)
    rows = list(BannerRow.select().order_by(BannerRow.id.desc()).limit(_LISTED))
    deeds = _deeds([row.id for row in rows])
    return tuple(_view(row, deeds[row.id]) for row in rows)


def _publisher(actor: Staff) -> Staff:
    me = current(actor)
    policy.require(me, "publish")
    return me


def _standing(banner_id: int) -> BannerRow:
    """A banner that is or will be shown, nobody else's to change meanwhile."""
    row = engines.for_change(db.obj, BannerRow.select().where(BannerRow.id == banner_id)).first()
    if row is None:
        raise NotFound("Ese aviso no existe.")
    if row.withdrawn_at is not None or row.ends_at <= clock.now():
        raise Conflict("Ese aviso ya terminó: publica uno nuevo.")
    return row


def _wrong_words(said: Mapping[str, str]) -> dict[str, str]:
    wrong = {"es": "Escribe el aviso en español."} if is_blank(said["es"]) else {}
    for code, words in said.items():
        if len(words) > LONGEST:
            wrong[code] = f"{LANGUAGES[code]}: el aviso tiene {len(words)} caracteres y caben {LONGEST}."
    return wrong


def _wrong_end(begin: int, end: int) -> dict[str, str]:
    if end <= max(begin, clock.now()):
        return {"ends_at": "El aviso debe terminar después de empezar, y en el futuro."}
    if end - begin > LONGEST_SPAN:
        return {"ends_at": f"Un aviso dura a lo más {LONGEST_SPAN // 86_400} días."}
    return {}


def _require_room(begin: int, end: int, but: int = 0) -> None:
    """Raise `Conflict` when with this one too many would be on the pages at the same moment."""
    meanwhile = (BannerRow.starts_at < end) & (BannerRow.ends_at > begin) & (BannerRow.id != but)
    others = list(BannerRow.select().where(BannerRow.withdrawn_at.is_null(), meanwhile))
    starts = [begin, *(row.starts_at for row in others if row.starts_at > begin)]
    if max(sum(row.starts_at <= at < row.ends_at for row in others) for at in starts) >= MOST_AT_ONCE:
        raise Conflict(f"Ya hay {MOST_AT_ONCE} avisos a esa hora: retira o acorta uno antes.")


def _record(banner_id: int, kind: str, me: Staff, ends_at: int) -> None:
    insert(BannerEvent, banner_id=banner_id, at=clock.now(), kind=kind, staff_id=me.id, code=str(ends_at))
    showing.forget()


def _deeds(banner_ids: list[int]) -> dict[int, list[Deed]]:
    columns = (BannerEvent.banner, BannerEvent.at, BannerEvent.kind, people.Staff.name, BannerEvent.code)
    query = BannerEvent.select(*columns).join(people.Staff, on=(BannerEvent.staff == people.Staff.id))
    found: dict[int, list[Deed]] = defaultdict(list)
    for banner_id, at, kind, author, code in query.where(BannerEvent.banner.in_(banner_ids)).order_by(BannerEvent.id).tuples():
        found[banner_id].append(Deed(at, kind, author, int(code)))
    return found


def _view(row: BannerRow, deeds: list[Deed]) -> Banner:
    texts = {code: str(getattr(row, code)) for code in LANGUAGES}
    return Banner(row.id, row.starts_at, row.ends_at, texts, row.withdrawn_at, tuple(deeds))
