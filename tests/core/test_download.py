"""The ZIP with everything: for programs, for reading, and harmless whatever people wrote."""

from __future__ import annotations

import json
import re
import zipfile
from datetime import datetime
from io import BytesIO
from typing import Any

import html5lib
import pytest

from core import clock
from core.operations.rights import archive, page
from core.people.account_views import Account
from tests.corpus import load
from tests.harness import cast
from tests.harness.wants import sweep

pytestmark = pytest.mark.usefixtures("sqlite_database")

HOSTILE = [case["value"] for case in load("text.jsonl") if isinstance(case["value"], str) and case["value"].strip()]
ATTACKS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</dd></dl></section><a href='https://evil.example'>aquí</a>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<style>@import 'https://evil.example'</style><!--",
    "&lt;b&gt; &amp; ]]> {{ 7*7 }} ${7*7}",
    "https://evil.example/pagar",
)


def content_of(account: Account) -> bytes:
    with archive.download(account) as whole:
        return whole.read()


def files_of(account: Account) -> dict[str, str]:
    whole = zipfile.ZipFile(BytesIO(content_of(account)))
    assert whole.testzip() is None
    return {name: whole.read(name).decode() for name in whole.namelist()}


def tree(text: str) -> Any:
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)


def test_it_holds_data_a_page_conversations_and_letters() -> None:
    owner = cast.account()
    folio = cast.ticket(owner)
    files = files_of(owner)
    assert {"datos.json", "datos.html", f"tickets/{folio}.txt", "cartas/0001-validation.txt", "cartas/0002-receipt.txt"} == set(
        files
    )
    assert cast.TEXT in files[f"tickets/{folio}.txt"]
    assert files["cartas/0002-receipt.txt"].startswith("Fecha: 23-11-2026 10:00\nPara: ")


def test_programs_find_instants_and_dates_in_iso_8601() -> None:
    owner = cast.account()
    cast.ticket(owner)
    data = json.loads(files_of(owner)["datos.json"])
    assert data["generado"] == "2026-11-23T10:00:00-03:00"
    assert data["personas"][0]["nacimiento"] == "1985-03-27"
    assert datetime.fromisoformat(data["tickets"][0]["ingreso"]) == clock.local(clock.now())
    assert data["tickets"][0]["vence"] == "2026-12-07"


def test_the_same_data_make_the_same_file() -> None:
    owner = cast.account()
    cast.ticket(owner)
    assert content_of(owner) == content_of(owner)


def test_no_password_digest_or_key_is_in_it() -> None:
    owner = cast.account()
    everything = "".join(files_of(owner).values())
    assert "argon2" not in everything
    assert not re.search(r"\b[0-9a-f]{64}\b", everything)


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_page_is_harmless_whatever_was_written(attack: str) -> None:
    owner = cast.account()
    cast.ticket(owner, texto=f"hola {attack}")
    text = files_of(owner)["datos.html"]
    document = tree(text)
    elements = {element.tag for element in document.iter() if isinstance(element.tag, str)}
    assert elements <= {"html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "section", "dl", "div", "dt", "dd"}
    attributes = {name for element in document.iter() for name in element.attrib}
    assert attributes <= {"lang", "charset", "http-equiv", "content", "name", "dir"}
    assert [e.attrib["http-equiv"] for e in document.iter("meta") if "http-equiv" in e.attrib] == ["Content-Security-Policy"]
    assert f"hola {attack}" in ["".join(element.itertext()) for element in document.iter("dd")]


def test_hostile_text_of_every_kind_makes_a_sound_file() -> None:
    sections = {"mensajes": [{"texto": text} for text in sweep(HOSTILE, 400)]}
    text = page.html(sections, clock.local(clock.now()))  # type: ignore[arg-type]
    tree(text)
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08\x1b\x7f-\x9f]", text)


def test_hostile_names_and_texts_do_not_stop_the_download() -> None:
    for text in sweep(HOSTILE, 25):
        owner = cast.account()
        cast.ticket(owner, texto=f"hola {text}", tramite_id=f"x{text}"[:60])
        files = files_of(owner)
        json.loads(files["datos.json"])
        tree(files["datos.html"])
