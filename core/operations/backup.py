"""Copies of the database, made and brought back while the service runs."""

from __future__ import annotations

from pathlib import Path

from core.database import copies, schema
from core.database.binding import unlocked
from core.errors import Conflict, Misconfigured, NotFound


@unlocked
def backup(target: Path) -> None:
    """Write a whole, consistent copy to a new file; raises `Conflict` when the file exists."""
    if target.exists():
        raise Conflict(f"{target} ya existe: elige otro nombre.")
    part = target.with_name(target.name + ".part")
    try:
        part.touch(mode=0o600)
        copies.copy_to(part)
        part.replace(target)
    except OSError as reason:
        raise Misconfigured(f"No se pudo escribir {target}: {reason.strerror}.") from reason
    finally:
        part.unlink(missing_ok=True)


@unlocked
def restore(source: Path) -> None:
    """Bring a copy back in place of everything that the database holds; what is no copy changes nothing."""
    if not source.is_file():
        raise NotFound(f"No existe el archivo {source}.")
    copies.copy_from(source)
    schema.require_current()
