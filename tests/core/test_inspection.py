"""What a file is, what is kept of it, and what is refused: looked into by the real child process."""

from __future__ import annotations

import io
import os
from pathlib import Path

import psutil
import pytest
from PIL import Image

from core.files import inspection, store
from core.files.views import Refused
from tests.harness import samples
from tests.harness.wants import sweep


@pytest.fixture(autouse=True)
def place(tmp_path: Path) -> Path:
    store.use(tmp_path / "files")
    return tmp_path / "files"


def look(content: bytes) -> tuple[str, bytes, str]:
    """Kind, content and words of what would be kept."""
    with store.scratch(buffering=0) as file:
        file.write(content)
        with inspection.looked_into(file) as seen:
            seen.content.seek(0)
            return seen.kind, seen.content.read(), seen.words


def why(content: bytes) -> str:
    with pytest.raises(Refused) as caught:
        look(content)
    return caught.value.why


def corner(content: bytes) -> tuple[tuple[int, int], tuple[int, ...]]:
    """The size of a picture, and the colour of its top left corner, rounded."""
    with Image.open(io.BytesIO(content)) as picture:
        return picture.size, tuple(round(each / 255) for each in picture.convert("RGB").getpixel((3, 3)))  # type: ignore[union-attr]


@pytest.mark.parametrize(("make", "kind"), [(samples.jpeg, "jpeg"), (samples.png, "png"), (samples.heic, "jpeg")])
def test_a_picture_is_written_anew_without_what_its_camera_told(make: object, kind: str) -> None:
    content = make()  # type: ignore[operator]
    assert any(secret.encode() in content for secret in samples.SECRETS)
    found, kept, words = look(content)
    assert (found, words) == (kind, "")
    assert corner(kept) == ((64, 48), (1, 0, 0))
    assert not [secret for secret in samples.SECRETS if secret.encode() in kept]
    with Image.open(io.BytesIO(kept)) as picture:
        assert not picture.getexif()
        assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_a_picture_is_turned_as_its_camera_was_held() -> None:
    assert corner(look(samples.jpeg(turned=True))[1]) == ((48, 64), (1, 0, 0))
    with Image.open(io.BytesIO(look(samples.jpeg(turned=True))[1])) as picture:
        assert picture.convert("RGB").getpixel((40, 60))[2] > 200  # type: ignore[index]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_pictures_of_every_mode_are_kept(mode: str) -> None:
    assert look(samples.png(mode=mode))[0] == "png"


def test_the_words_of_a_pdf_are_read_and_its_bytes_stay_as_they_are() -> None:
    content = samples.pdf("Resoluci\xf3n 1234")
    assert look(content) == ("pdf", content, "Resolución 1234")


@pytest.mark.parametrize(("name", "content"), samples.still_pdfs().items(), ids=list(samples.still_pdfs()))
def test_a_pdf_that_only_shows_itself_is_kept(name: str, content: bytes) -> None:
    assert look(content)[0] == "pdf"


@pytest.mark.parametrize(("name", "case"), samples.active_pdfs().items(), ids=list(samples.active_pdfs()))
def test_a_pdf_that_acts_is_refused_with_the_reason(name: str, case: tuple[bytes, str]) -> None:
    assert why(case[0]) == case[1]


@pytest.mark.parametrize(("name", "case"), samples.strange_files().items(), ids=list(samples.strange_files()))
def test_what_is_not_what_it_seems_is_refused_or_cleaned(name: str, case: tuple[bytes, str]) -> None:
    content, refusal = case
    if refusal:
        assert why(content) == refusal
        return
    kept = look(content)[1]
    assert not [trace for trace in (b"PK\x05\x06", b"<script", b"<?php") if trace in kept]


def test_fifty_megapixels_fit_and_one_row_more_does_not() -> None:
    out = io.BytesIO()
    Image.new("1", (10_000, 5_000)).save(out, "PNG")
    assert look(out.getvalue())[0] == "png"
    out = io.BytesIO()
    Image.new("1", (10_000, 5_001)).save(out, "PNG")
    assert why(out.getvalue()) == "pixels"


def test_the_process_can_open_nothing_and_knows_nothing(monkeypatch: pytest.MonkeyPatch, place: Path) -> None:
    monkeypatch.setenv("AYUDA_SECRET_KEY", "nadie-lo-sabe")
    told = "{'kind': 'pdf', 'words': repr((dict(os.environ), resource.getrlimit(resource.RLIMIT_AS)[0], tried()))}"
    probe = inspection._START.replace("main(kind)", "import json, os, resource, core.files.child.main as m; m._tie_hands(); ")
    probe += f"""m._limit(resource.RLIMIT_NOFILE, 3)
def tried():
    try: open('/etc/passwd')
    except OSError as reason: return reason.strerror
print(json.dumps({told}), file=sys.stderr)"""
    monkeypatch.setattr(inspection, "_START", probe)
    words = look(samples.pdf())[2]
    assert "AYUDA" not in words
    assert words.endswith("900000000, 'Too many open files')")


def test_a_process_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspection, "_START", "import time; time.sleep(60)")
    monkeypatch.setattr(inspection, "_PATIENCE", 0.3)
    assert why(samples.jpeg()) == "slow"
    assert not [each for each in psutil.Process(os.getpid()).children() if "time.sleep(60)" in " ".join(each.cmdline())]


@pytest.mark.parametrize("script", ["import os; os.abort()", "print('no', file=__import__('sys').stderr)", "raise SystemExit(3)"])
def test_a_process_that_ends_in_any_other_way_met_a_broken_file(monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    monkeypatch.setattr(inspection, "_START", script)
    assert why(samples.jpeg()) == "damaged"


def broken() -> list[tuple[str, bytes]]:
    """Every kind of file with its bytes changed here and there."""
    import random

    dice, found = random.Random(7), []
    for name, content in (("jpeg", samples.jpeg()), ("png", samples.png()), ("heic", samples.heic()), ("pdf", samples.pdf("x"))):
        for turn in range(60):
            changed = bytearray(content)
            for _ in range(dice.choice((1, 3, 20))):
                changed[dice.randrange(12, len(changed))] = dice.randrange(256)
            found.append((f"{name}-{turn}", bytes(changed)))
    return found


BROKEN = {
    "jpeg",
    "png",
    "pdf",
    "damaged",
    "pixels",
    "locked",
    "script",
    "embedded",
    "form",
    "launch",
    "automatic",
    "media",
    "slow",
}


@pytest.mark.parametrize(("name", "content"), [pytest.param(*case, id=case[0]) for case in sweep(broken(), 8)])
def test_a_broken_file_is_kept_clean_or_refused_and_nothing_else(name: str, content: bytes) -> None:
    try:
        outcome = look(content)[0]
    except Refused as reason:
        outcome = reason.why
    assert outcome in BROKEN


def test_one_file_at_a_time_is_looked_into(place: Path) -> None:
    with store.turn(1), pytest.raises(Refused, match="busy"), store.turn(0.05):
        pass
    with store.turn(0.05):
        pass


def test_where_no_process_may_be_started_nothing_is_kept_and_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(inspection.subprocess, "Popen", refuse)
    assert why(samples.pdf("Hola")) == "unchecked"
