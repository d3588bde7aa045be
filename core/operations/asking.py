"""What a command asks of whoever types it."""

from __future__ import annotations

import sys
from getpass import getpass

from core.errors import Conflict, Invalid


def password(from_input: bool) -> str:
    """A new password, typed twice; or the first line of standard input."""
    if from_input:
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass("Contraseña (15 caracteres o más): ")
    if first != getpass("Otra vez: "):
        raise Invalid({"password": "Las dos contraseñas no son iguales. No se agregó a nadie."})
    return first


def text() -> str:
    """All of standard input."""
    if sys.stdin.isatty():
        sys.stderr.write("Escribe el texto y termina con Ctrl+D:\n")
    return sys.stdin.read()


def require_yes(question: str) -> None:
    """Raise `Conflict` unless the answer is yes; no answer is no."""
    try:
        answer = input(f"{question} Escribe sí para seguir: ")
    except EOFError:
        answer = ""
    if answer.strip().lower() not in ("sí", "si"):
        raise Conflict("No se hizo nada: falta confirmarlo, con «sí» o con --yes.")
