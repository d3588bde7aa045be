"""`ayuda person …`: what each verb does, and the lines that it says."""

from __future__ import annotations

import shutil
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from core import clock
from core.database.binding import unlocked
from core.errors import Conflict, Misconfigured
from core.operations import asking
from core.operations.rights import archive, blocking, erasing, requests
from core.operations.rights.views import DataRequest
from core.people import accounts
from core.text import visible
from core.tickets import looks

Verb = Callable[[Namespace], Iterator[str]]


@unlocked
def export(options: Namespace) -> Iterator[str]:
    """Hand everything out as a ZIP: to a new file, or to standard output unless that is a terminal."""
    if options.file is None and sys.stdout.isatty():
        raise Conflict("Un ZIP no se puede mostrar aquí: agrega --file ARCHIVO.zip o envíalo a un archivo con >.")
    account = accounts.named(options.email)
    looks.exported([person.id for person in account.persons])
    with archive.download(account) as whole:
        if options.file is None:
            shutil.copyfileobj(whole, sys.stdout.buffer)
            sys.stdout.buffer.flush()
            return
        _write(options.file, whole)
    yield f"Todo lo que hay de {options.email} está en {options.file}."


@unlocked
def block(options: Namespace) -> Iterator[str]:
    """Freeze somebody's data."""
    done = blocking.block(accounts.named(options.email))
    yield f"Los datos de {options.email} {'quedan' if done else 'ya estaban'} bloqueados."


@unlocked
def unblock(options: Namespace) -> Iterator[str]:
    """Let somebody's data be treated again."""
    done = blocking.unblock(accounts.named(options.email))
    yield f"Los datos de {options.email} {'ya no están' if done else 'no estaban'} bloqueados."


@unlocked
def erase(options: Namespace) -> Iterator[str]:
    """Erase somebody, once that is confirmed."""
    account = accounts.named(options.email)
    if not options.yes:
        asking.require_yes(f"Los datos de {account.email} se suprimen para siempre.")
    erasing.erase(account)
    yield f"Los datos de {account.email} están suprimidos. Quedan folios y fechas, sin nombre, para las cifras."


@unlocked
def waiting(options: Namespace) -> Iterator[str]:
    """The requests that wait for an answer."""
    found = requests.waiting()
    for each in found:
        yield _line(each)
        yield from (f"    {line}" for line in visible(each.body).splitlines())
    if not found:
        yield "Ninguna solicitud espera respuesta."


@unlocked
def answer(options: Namespace) -> Iterator[str]:
    """Answer a request with what stands on standard input."""
    requests.answer(options.number, options.outcome, asking.text())
    yield f"La solicitud {options.number} está respondida; la carta es el comprobante."


@unlocked
def extend(options: Namespace) -> Iterator[str]:
    """Take more days for a request, for the reason on standard input."""
    due_on = requests.extend(options.number, asking.text())
    yield f"La solicitud {options.number} vence ahora el {due_on:%d-%m-%Y}; la persona recibe una carta con el motivo."


VERBS: dict[str, Verb] = {
    "export": export,
    "block": block,
    "unblock": unblock,
    "erase": erase,
    "requests": waiting,
    "answer": answer,
    "extend": extend,
}


def _line(request: DataRequest) -> str:
    days = request.days_left
    left = f"vencida hace {-days} d" if days < 0 else f"quedan {days} d"
    parts = [
        f"{request.id}",
        request.kind,
        request.email,
        f"pedida {clock.local(request.asked_at):%d-%m-%Y}",
        f"vence {request.due_on:%d-%m-%Y}",
        left,
        "prorrogada" if request.extended_at else "",
    ]
    return "\t".join(part for part in parts if part)


def _write(path: Path, whole: BinaryIO) -> None:
    try:
        path.touch(mode=0o600, exist_ok=False)
        with path.open("wb") as file:
            shutil.copyfileobj(whole, file)
    except FileExistsError as reason:
        raise Conflict(f"{path} ya existe: elige otro nombre.") from reason
    except OSError as reason:
        raise Misconfigured(f"No se pudo escribir {path}: {reason.strerror}.") from reason
