"""The catalogue of tipos, materias and categorías, as data/ has it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from core.tramites.catalogue_views import Catalogue, Categoria, Materia, Tipo

_DATA = Path(__file__).parent.parent.parent / "data"


@cache
def catalogue() -> Catalogue:
    """Everything that a ticket can be about; read once."""
    raw = json.loads((_DATA / "catalog.json").read_text(encoding="utf-8"))
    return Catalogue(
        tipos=tuple(Tipo(row["id"], row["nombre"], row.get("plazo_dias")) for row in raw["tipos"]),
        materias=tuple(_materia(row) for row in raw["materias"]),
    )


@cache
def regions() -> tuple[str, ...]:
    """The names of Chile's regions, north to south."""
    return tuple(row["nombre"] for row in json.loads((_DATA / "regions.json").read_text(encoding="utf-8")))


def _materia(row: dict[str, Any]) -> Materia:
    return Materia(
        id=row["id"],
        name=row["nombre"],
        tipos=tuple(row["tipos"]),
        categorias=tuple(_categoria(row["id"], each) for each in row["categorias"]),
    )


def _categoria(materia_id: str, row: dict[str, Any]) -> Categoria:
    return Categoria(
        id=row["id"],
        materia_id=materia_id,
        name=row["nombre"],
        have_at_hand=tuple(row["ten_a_mano"]),
        tramite=row["id_tramite"],
        attachment=row["adjunto"],
        route=row["ruta"],
        term_days=row.get("plazo_dias"),
        derive_to=row.get("derivar_a", ""),
        calendar_days=row.get("plazo_corridos"),
    )
