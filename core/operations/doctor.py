"""What an operator should know before people do: a finding for each part."""

from __future__ import annotations

import shutil
import smtplib
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from core import clock
from core.appointments import desk, offices, setup
from core.calendar import feasts
from core.database import schema
from core.errors import Problem, TryLater
from core.files import clamd, store
from core.people import claveunica
from core.settings import Settings
from core.tickets.answers import holding

_ENOUGH_BYTES = 1_000_000_000
_EARLIEST = 1_780_000_000  # before this the machine's clock is plainly wrong
_SECONDS = 5
_LATE = 300  # seconds after which somebody should have let a held answer go: every terminal and the mail worker do


@dataclass(frozen=True, slots=True)
class Finding:
    """One part looked at: whether it is in order, and one line about it."""

    part: str
    in_order: bool
    words: str


def examine(settings: Settings) -> Iterator[Finding]:
    """Database, schema, mail server, answers on hold, ClaveÚnica, secrets, clock, holidays, disk: one finding each."""
    yield Finding("ajustes", True, f"modo {settings.env}, dirección {settings.base_url}")
    for part, look in _LOOKS.items():
        try:
            yield Finding(part, True, look(settings))
        except (Problem, OSError, ssl.SSLError, smtplib.SMTPException) as reason:
            yield Finding(part, False, str(reason).strip() or type(reason).__name__)


class _Wrong(Problem):
    pass


def _database(settings: Settings) -> str:
    return schema.describe()


def _schema(settings: Settings) -> str:
    schema.require_current()
    return f"al día ({schema.known_steps()[-1]})"


def _mail(settings: Settings) -> str:
    if settings.smtp_url.startswith("maildir:"):
        return f"las cartas quedan en {settings.smtp_url.removeprefix('maildir:')}"
    parts = urlsplit(settings.smtp_url)
    port = parts.port or {"smtp": 25, "smtps": 465}.get(parts.scheme, 587)
    with _smtp(parts.scheme, parts.hostname or "", port) as server:
        code, _ = server.ehlo()
    if code != 250:
        raise _Wrong(f"{parts.hostname}:{port} contestó {code}")
    return f"{parts.hostname}:{port} responde"


def _smtp(scheme: str, host: str, port: int) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if scheme == "smtps":
        return smtplib.SMTP_SSL(host, port, timeout=_SECONDS, context=context)
    server = smtplib.SMTP(host, port, timeout=_SECONDS)
    if scheme == "smtp+starttls":
        server.starttls(context=context)
    return server


def _claveunica(settings: Settings) -> str:
    if not settings.claveunica_client_id:
        return "sin configurar: se ingresa con correo y contraseña"
    if not claveunica.answers(settings):
        raise _Wrong(f"{settings.claveunica_url} no responde; mientras tanto se ingresa con correo y contraseña")
    return f"{settings.claveunica_url} responde"


def _files(settings: Settings) -> str:
    try:
        store.scratch().close()
    except OSError as reason:
        raise _Wrong(f"{settings.attachments} no recibe archivos: {reason.strerror or reason}") from reason
    return f"quedan en {settings.attachments}"


def _antivirus(settings: Settings) -> str:
    return clamd.describe()


def _calendar(settings: Settings) -> str:
    last = max(feasts.calendar()).year
    late = sum(feast.is_late for feast in feasts.calendar().values())
    if last <= clock.today().year:
        raise _Wrong(f"no se conocen feriados después de {last}: instala una versión nueva")
    return f"feriados hasta {last}, y {late} de decretos en {settings.home / feasts.FILE}" if late else f"feriados hasta {last}"


def _held_answers(settings: Settings) -> str:
    try:
        late = holding.overdue(_LATE)
    except TryLater:
        return "no se pueden contar"  # the database has a line of its own
    if late:
        raise _Wrong(f"{late} debieron salir hace más de {_LATE // 60} minutos: ¿corre ayuda mail?")
    return "ninguna atrasada"


def _secrets(settings: Settings) -> str:
    count = len(settings.secret_keys)
    return "una clave" if count == 1 else f"{count} claves, firma la primera"


def _clock(settings: Settings) -> str:
    if settings.now is None and clock.now() < _EARLIEST:
        raise _Wrong("el reloj de la máquina está atrasado: revisa la hora del servidor")
    return f"{clock.local(clock.now()):%d-%m-%Y %H:%M} en Santiago"


def _offices(settings: Settings) -> str:
    known = offices.checked()
    attending = [office for office in known if office.openings]
    unverified = sum(office.hours_unverified for office in attending)
    words = [f"{len(known)}, con horario {len(attending)}"]
    words += [f"por verificar {unverified}"] if unverified else []
    words += [] if attending else [f"nadie puede pedir hora: escríbelo en {setup.file}"]
    outside = _stray_hours()
    words += [f"{outside} horas reservadas quedan fuera del horario: a la hora de cambiarlo reciben carta"] if outside else []
    return "; ".join(words)


def _stray_hours() -> int:
    try:
        return desk.stray()
    except TryLater:
        return 0  # the database has a line of its own


def _disk(settings: Settings) -> str:
    place = settings.home
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    if free < _ENOUGH_BYTES:
        raise _Wrong(f"quedan {free // 1_000_000} MB en {Path(place)}: libera espacio")
    return f"quedan {free // 1_000_000_000} GB"


_LOOKS: dict[str, Callable[[Settings], str]] = {
    "base de datos": _database,
    "esquema": _schema,
    "correo": _mail,
    "respuestas": _held_answers,
    "ClaveÚnica": _claveunica,
    "archivos": _files,
    "antivirus": _antivirus,
    "claves": _secrets,
    "reloj": _clock,
    "feriados": _calendar,
    "oficinas": _offices,
    "disco": _disk,
}
