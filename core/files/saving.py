"""Putting a kept file into a folder of this machine, for whoever works at the desk."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import BinaryIO

from core.errors import Invalid

FIELD = "carpeta"
_LONGEST = 200
"""Bytes of a name; file systems take 255."""
_TRIES = 99


def usual_folder() -> Path:
    """Where people look for what they saved."""
    home = Path.home()
    return next((each for each in (home / "Descargas", home / "Downloads") if each.is_dir()), home)


def folder_of(typed: str) -> Path:
    """The folder that somebody typed, the usual one for nothing; raises `Invalid` when there is none."""
    folder = Path(typed.strip()).expanduser() if typed.strip() else usual_folder()
    if not folder.is_dir():
        raise Invalid({FIELD: f"No existe la carpeta {folder}."})
    return folder


def write(content: BinaryIO, folder: Path, name: str) -> Path:
    """The new file, which only its owner can read; never in the place of another. Raises `Invalid`."""
    try:
        path, number = _new(folder, name)
        with os.fdopen(number, "wb") as file:
            shutil.copyfileobj(content, file)
    except OSError as reason:
        raise Invalid({FIELD: f"No se pudo guardar en {folder}: {reason.strerror or reason}."}) from reason
    return path


def _new(folder: Path, name: str) -> tuple[Path, int]:
    """A file that was not there before, opened."""
    stem, ending = Path(name).stem, Path(name).suffix
    short = stem.encode("utf-8", "replace")[:_LONGEST].decode("utf-8", "ignore")
    for again in range(1, _TRIES + 1):
        path = folder / f"{short}{f' ({again})' if again > 1 else ''}{ending}"
        try:
            return path, os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            continue
    raise OSError(f"ya hay {_TRIES} archivos con ese nombre")
