"""Passwords: Argon2id, and which ones are accepted (NIST SP 800-63B, no composition rules)."""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import cache
from pathlib import Path

from core.language import _
from core.text import fold

CITIZEN_MINIMUM = 8
STAFF_MINIMUM = 15
MAXIMUM = 1024
_COMMON = Path(__file__).parent.parent.parent / "data" / "common_passwords.txt"
_CONTEXT = (
    *("ayuda", "ayudamigraciones", "chile", "chilemigraciones", "claveunica", "extranjeria", "migracion", "migraciones"),
    *("migracioneschile", "portaldetramites", "residencia", "sermig", "serviciomigraciones", "ticketdeayuda"),
    "servicionacionaldemigraciones",
)
_LEET = tuple(str.maketrans("01345@$!7", f"o{one}easasit") for one in "li")
PASSES, MEMORY = 2, 19_456
"""What a hash costs, the memory in KiB: the least that OWASP asks for."""
_at_once = threading.BoundedSemaphore(2)


def hash_password(password: str) -> str:
    """The Argon2id hash (19 MiB, two passes) of a password; slow on purpose, never call it in a transaction."""
    with _at_once:
        return str(_hasher().hash(_normal(password)))


def is_password(hashed: str | None, password: str) -> bool:
    """Whether a password fits a hash; takes as long when there is none."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        with _at_once:
            return bool(_hasher().verify(hashed or _decoy(), _normal(password))) and hashed is not None
    except (VerificationError, InvalidHashError):
        return False


def complaint(password: str, minimum: int, email: str = "") -> str:
    """Why a password cannot be accepted, as a sentence; empty when it can."""
    normal = _normal(password)
    if len(normal) < minimum or len(normal.strip()) < minimum:
        return _("Escribe una contraseña de {minimum} caracteres o más.").format(minimum=minimum)
    if len(normal) > MAXIMUM:
        return _("Escribe una contraseña de {maximum} caracteres o menos.").format(maximum=MAXIMUM)
    if "\x00" in normal:
        return _("La contraseña tiene un carácter que no se puede escribir. Elige otra.")
    if email and _bare(normal) in (_bare(email), _bare(email.partition("@")[0]), _bare(email.rpartition(".")[0])):
        return _("Tu contraseña no puede ser tu correo. Elige otra.")
    if _is_common(normal):
        return _("Esa contraseña es muy común y fácil de adivinar. Elige otra, por ejemplo tres palabras tuyas.")
    return ""


def _normal(password: str) -> str:
    return unicodedata.normalize("NFC", password.encode("utf-8", "replace").decode("utf-8"))


def _is_common(password: str) -> bool:
    folded = fold(password)
    shorter = re.sub(r"[\W_]*\d{0,4}[\W_]*\Z", "", folded)
    spellings = {folded, shorter, _bare(password)}
    spellings |= {_bare(each.translate(leet)) for each in (folded, shorter) for leet in _LEET}
    return len(set(folded)) <= 2 or not spellings.isdisjoint(_common()) or not spellings.isdisjoint(_CONTEXT)


def _bare(text: str) -> str:
    """Letters and digits alone, without what people add before or behind: a year, a sign."""
    kept = re.sub(r"[\W_]+", "", fold(text))
    return re.sub(r"\A\d{1,4}(?=\D)|(?<=\D)\d{1,4}\Z", "", kept)


@cache
def _common() -> frozenset[str]:
    return frozenset(fold(line) for line in _COMMON.read_text(encoding="utf-8").split("\n") if len(line) >= 4)


@cache
def _hasher():  # type: ignore[no-untyped-def]
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=PASSES, memory_cost=MEMORY, parallelism=1)


@cache
def _decoy() -> str:
    return str(_hasher().hash("nobody has this password"))
