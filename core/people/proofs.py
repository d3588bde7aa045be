"""«No soy un robot» without a puzzle and without anybody else: work done by the browser, or time taken by a person."""

from __future__ import annotations

from typing import Any

from core import clock, tokens
from core.database.binding import writes
from core.errors import Invalid, TooOften
from core.language import _
from core.people.models import UsedProof

HARDEST = 60_000
"""Hashes at most: under a second on a cheap phone."""
LIFETIME = 20 * 60
LEAST_SECONDS = 2
"""A person without JavaScript takes at least this long over the form."""


def challenge() -> dict[str, Any]:
    """What the page's script has to solve: algorithm, challenge, salt, signature, largest number."""
    from altcha.v1 import ChallengeOptions, create_challenge

    options = ChallengeOptions(
        algorithm="SHA-256",
        max_number=HARDEST,
        hmac_key=tokens.derived_key("proof"),
        params={"vence": str(clock.now() + LIFETIME)},
    )
    made = create_challenge(options)
    return {
        "algorithm": made.algorithm,
        "challenge": made.challenge,
        "salt": made.salt,
        "signature": made.signature,
        "maxnumber": made.max_number,
    }


def started() -> str:
    """A signed note of when a form was first shown."""
    return tokens.issue("started", clock.now())


class TooFast(TooOften):
    """The form came sooner than a person can type it."""


@writes
def require_human(solution: str, note: str, trap: str) -> None:
    """Let a form pass that a person sent; raises `Invalid` or, when it came too fast to be typed, `TooFast`.

    `solution` is what the script found (empty without JavaScript), `note` the form's `started()`, `trap` a
    field that nobody sees.
    """
    if trap:
        raise Invalid({"robot": _("No pudimos enviar el formulario. Deja vacío el campo que no corresponde.")})
    if solution and _accept(solution):
        return
    begun = _begun(note)
    if begun is None:
        raise Invalid({"robot": _("La página estuvo abierta mucho rato. Revisa tus datos y envíalos otra vez.")})
    if clock.now() - begun < LEAST_SECONDS:
        raise TooFast(_("Eso fue muy rápido. Espera unos segundos y vuelve a enviar."), LEAST_SECONDS)


@writes
def forget_expired() -> int:
    """Remove the used proofs that would be refused anyway; how many."""
    return int(UsedProof.delete().where(UsedProof.expires_at < clock.now()).execute())


def _accept(solution: str) -> bool:
    """Whether the work was done, for a challenge of ours, in time, and for the first time."""
    from altcha.v1 import verify_solution

    try:
        right, _reason = verify_solution(solution, tokens.derived_key("proof"), check_expires=False)
    except (ValueError, TypeError, KeyError):
        return False
    expires_at = _expiry(solution) if right else 0
    if expires_at <= clock.now():
        return False
    first = UsedProof.insert(digest=tokens.digest(solution), expires_at=expires_at).on_conflict_ignore()
    return len(list(first.returning(UsedProof.digest).execute())) == 1


def _expiry(solution: str) -> int:
    import base64
    import json
    from urllib.parse import parse_qs

    salt = json.loads(base64.b64decode(solution))["salt"]
    return int(parse_qs(salt.partition("?")[2]).get("vence", ["0"])[0])


def _begun(note: str) -> int | None:
    try:
        begun = tokens.read("started", note, 24 * 3600)
    except tokens.Expired:
        return None
    return begun if isinstance(begun, int) else None
