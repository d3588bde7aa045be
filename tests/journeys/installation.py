"""The files of docs/operate, installed as an operator would, with a test's places instead of a server's."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.harness.processes import ROOT
from tests.harness.server import Service
from tests.harness.wants import lacking

OPERATE = ROOT / "docs" / "operate"


def tool(name: str) -> str:
    """The path of a program that servers have; the test is skipped, or fails, where it is missing."""
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    return found or lacking(name)


def documented(name: str, places: Mapping[str, str]) -> str:
    """The text of a documented file with each of these places replaced, all of which it must name."""
    text = (OPERATE / name).read_text(encoding="utf-8")
    for place, here in places.items():
        assert place in text, f"{name} says nothing of {place}"
        text = text.replace(place, here)
    return text


def install(name: str, target: Path, places: Mapping[str, str]) -> Path:
    """Write a documented file with its places replaced; where it is now."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(documented(name, places), encoding="utf-8")
    return target


def service(template: Path, folders: pytest.TempPathFactory) -> Service:
    """An installation on an empty SQLite database that the tests of a module share; nothing runs yet."""
    home = folders.mktemp("home")
    shutil.copyfile(template, home / "ayuda.db")
    return Service(home, f"sqlite:///{home / 'ayuda.db'}")
