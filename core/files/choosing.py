"""Files of this machine that go with an answer: only from the folders that a setting names, whoever types the path."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from core.errors import Invalid
from core.files import store
from core.files.views import LARGEST_FILE, Arrived

FIELD = "archivo"
_QUOTES = "'\""
_folders: tuple[Path, ...] = ()


def use(folders: Sequence[Path]) -> None:
    """Let files be chosen from these folders from now on; none means that nothing can be chosen."""
    global _folders
    _folders = tuple(folders)


def why_not() -> str:
    """Why nothing can be chosen on this machine; empty when something can."""
    return "" if _folders else "quien opera el servicio no ha dicho de qué carpeta (AYUDA_ATTACH_FOLDERS)"


def folders() -> tuple[Path, ...]:
    """The folders from which files can be chosen."""
    return _folders


@contextmanager
def opened(typed: str) -> Iterator[Arrived]:
    """A copy of the file at a path, or of that name in one of the folders; raises `Invalid` with what to type instead."""
    path = _path_of(typed.strip().strip(_QUOTES))
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            yield Arrived(path.name, None, size)
            return
        with path.open("rb") as file, store.scratch() as copy:
            shutil.copyfileobj(file, copy)
            yield Arrived(path.name, copy, copy.tell())
    except OSError as reason:
        raise Invalid({FIELD: f"No se puede leer {path.name}: {reason.strerror or reason}."}) from reason


def _path_of(typed: str) -> Path:
    """The real place of a file, which must lie in one of the folders, wherever links lead."""
    if not _folders:
        raise Invalid({FIELD: f"No se puede adjuntar desde aquí: {why_not()}."})
    if not typed or "\0" in typed:
        raise Invalid({FIELD: "Escribe la ruta del archivo."})
    named = [folder / _expanded(typed) for folder in _folders]
    found = next((path.resolve() for path in named if path.is_file()), None)
    if found is None:
        raise Invalid({FIELD: f"No existe el archivo {typed}: escribe su ruta, o su nombre si está en {_told()}."})
    kept = store.folder().resolve()
    if found.is_relative_to(kept) or not any(found.is_relative_to(folder.resolve()) for folder in _folders):
        raise Invalid({FIELD: f"Solo se adjuntan archivos de {_told()}: copia ahí el que quieres enviar."})
    return found


def _told() -> str:
    return ", ".join(map(str, _folders))


def _expanded(typed: str) -> Path:
    """A path that may begin at somebody's home, which may not exist."""
    try:
        return Path(typed).expanduser()
    except RuntimeError:
        return Path(typed)
