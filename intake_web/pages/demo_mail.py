"""The demo's mailbox: the letters that were delivered on this machine, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from core.errors import NotFound
from intake_web import words
from intake_web.replies import Reply, show
from intake_web.visit import Visit

_MOST = 200
_FOLDERS = ("new", "cur")


@dataclass(frozen=True, slots=True)
class Delivered:
    """A letter as its reader's mail program would show it."""

    key: str
    to: str
    subject: str
    date: datetime | None
    body: str


def listing(visit: Visit) -> Reply:
    """The letters, newest first; `para` keeps those to one address."""
    wanted = visit.query["para"].strip().lower()
    found = (_read(path) for path in _newest_first(visit))
    letters = [letter for letter in found if not wanted or wanted in letter.to.lower()][:_MOST]
    return show(visit, "demo_mail.html", letters=letters, wanted=wanted)


def letter(visit: Visit, key: str) -> Reply:
    """One letter, its own links alive."""
    found = next((path for path in _newest_first(visit) if path.name == key), None)
    if found is None:
        raise NotFound("")
    read = _read(found)
    return show(visit, "demo_letter.html", letter=read, pieces=words.linked(read.body, visit.site.settings.base_url))


def _newest_first(visit: Visit) -> list[Path]:
    kind, _colon, place = visit.site.settings.smtp_url.partition(":")
    if kind != "maildir":
        return []
    files = [path for folder in _FOLDERS for path in Path(place, folder).glob("*")]
    return sorted(files, key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)


def _read(path: Path) -> Delivered:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    text = message.get_body(("plain",)) if isinstance(message, EmailMessage) else None
    said = text.get_content() if isinstance(text, EmailMessage) else ""
    return Delivered(path.name, str(message["To"]), str(message["Subject"]), _date(str(message["Date"])), str(said))


def _date(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except ValueError:
        return None
