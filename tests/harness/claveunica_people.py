"""The test people of ClaveÚnica's sandbox, with names of our own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

CLIENT_ID = "ayuda-de-prueba"
CLIENT_SECRET = "secreto-de-prueba-de-treinta-y-dos-letras"
PASSWORD = "testing"


@dataclass(frozen=True, slots=True)
class Someone:
    """Somebody with a ClaveÚnica."""

    run: int
    digit: str
    names: tuple[str, ...]
    surnames: tuple[str, ...]

    @property
    def typed_run(self) -> str:
        """The RUN as people type it."""
        return f"{self.run:,}".replace(",", ".") + f"-{self.digit}"

    def claims(self, fault: str = "") -> dict[str, Any]:
        """What `userinfo` tells, sound or with a fault of `claveunica_server`."""
        digit = "0" if fault == "wrong_dv" else self.digit
        surnames = self.surnames[:1] if fault == "one_surname" else self.surnames
        told: dict[str, Any] = {
            "sub": str(self.run + 7),  # never the RUN
            "RolUnico": {"numero": self.run, "DV": digit, "tipo": "RUN"},
            "name": {"nombres": list(self.names), "apellidos": list(surnames)},
        }
        left_out = {"no_role": "RolUnico", "no_name": "name"}.get(fault)
        return {name: claim for name, claim in told.items() if name != left_out}


ROSA = Someone(44_444_444, "4", ("Rosa", "Elena"), ("Ñamandú", "de la Cruz"))
JEAN = Someone(55_555_555, "5", ("Jean-Baptiste",), ("Désir",))
MAI = Someone(88_888_888, "8", ("Mai",), ("Nguyễn", "Trần"))
OMAR = Someone(99_999_999, "9", ("Omar",), ("Haddad", "Soto"))
PEOPLE = {someone.run: someone for someone in (ROSA, JEAN, MAI, OMAR)}
