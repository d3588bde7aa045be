"""The short answers to the commonest questions, shown before anybody writes, as data/ has them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from core.tramites.views import Answer, Link

_DATA = Path(__file__).parent.parent.parent / "data"
_DOUBTS = ("consulta", "reclamo")
"""The tipos that ask for something: a thank-you or an idea waits for no answer."""


def answer_for(tipo: str, categoria: str) -> Answer | None:
    """The answer to the commonest question about a categoría; None when nothing is asked."""
    return _answers().get(categoria) if tipo in _DOUBTS else None


@cache
def _answers() -> dict[str, Answer]:
    rows = json.loads((_DATA / "help.json").read_text(encoding="utf-8"))
    return {categoria: _answer(categoria, row) for row in rows for categoria in row["categorias"]}


def _answer(categoria: str, row: dict[str, Any]) -> Answer:
    return Answer(
        question=row["pregunta"],
        text=tuple(row["respuesta"]),
        good_for=tuple(row["sirve"]),
        no_good_for=tuple(row.get("no_sirve", ())),
        links=tuple(Link(each["camino"], each["nombre"]) for each in row.get("enlaces", ())),
        with_stages=row.get("etapas", False),
        kinds=tuple(row.get("tipos_de_tramite", {}).get(categoria.partition("-")[0], ())),
        unverified=row["por_verificar"],
    )
