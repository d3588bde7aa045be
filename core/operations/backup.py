"""Copies of everything, made and brought back while the service runs: the database and the files, in one archive (tar)."""

from __future__ import annotations

import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from core.database import copies, schema
from core.database.binding import unlocked
from core.errors import Conflict, Misconfigured, NotFound
from core.files import store
from core.files.views import Refused

_DATABASE = "base"
_FILES = "adjuntos/"


@unlocked
def backup(target: Path) -> None:
    """Write a whole, consistent copy to a new file; raises `Conflict` when the file exists."""
    if target.exists():
        raise Conflict(f"{target} ya existe: elige otro nombre.")
    part, base = target.with_name(target.name + ".part"), target.with_name(target.name + ".base")
    try:
        for each in (part, base):
            each.touch(mode=0o600)
        with store.copying():
            copies.copy_to(base)
            _pack(part, base)
        part.replace(target)
    except OSError as reason:
        raise Misconfigured(f"No se pudo escribir {target}: {reason.strerror}.") from reason
    finally:
        for each in (part, base):
            each.unlink(missing_ok=True)


@unlocked
def restore(source: Path) -> None:
    """Bring a copy back in place of everything that the database holds; what is no copy changes nothing.

    Files are added to those that are there. A copy of a version without files is the database alone.
    """
    if not source.is_file():
        raise NotFound(f"No existe el archivo {source}.")
    if tarfile.is_tarfile(source):
        with _unpacked(source) as base:
            copies.copy_from(base, source)
    else:
        copies.copy_from(source, source)
    schema.require_current()


def _pack(target: Path, base: Path) -> None:
    """The database first, then whatever lies in the store now: all that the database refers to, for nothing is removed."""
    with tarfile.open(target, "w") as archive:
        archive.add(base, _DATABASE)
        for digest in store.everything():
            archive.add(store.path_of(digest), _FILES + digest)


@contextmanager
def _unpacked(source: Path) -> Iterator[Path]:
    """The database of a copy, once its files are where they belong."""
    damaged = Misconfigured(f"{source} no es una copia de Ayuda Migraciones o está dañada. No se cambió nada.")
    with tempfile.TemporaryDirectory(dir=store.folder()) as folder:
        base = Path(folder) / _DATABASE
        try:
            with tarfile.open(source) as archive:
                for member in archive:
                    _take(archive, member, base, damaged)
        except tarfile.TarError as reason:
            raise damaged from reason
        except Refused as reason:
            raise Misconfigured(f"No hay espacio para los archivos de {source}. No se cambió nada.") from reason
        if not base.exists():
            raise damaged
        yield base


def _take(archive: tarfile.TarFile, member: tarfile.TarInfo, base: Path, damaged: Misconfigured) -> None:
    """Only what a copy of ours holds, each thing where it belongs and nowhere else."""
    content = archive.extractfile(member) if member.isreg() else None
    if content is None:
        raise damaged
    with content:
        if member.name == _DATABASE:
            with base.open("wb") as file:
                shutil.copyfileobj(content, file)
        elif not member.name.startswith(_FILES) or store.keep(cast("BinaryIO", content)) != member.name.removeprefix(_FILES):
            raise damaged
