"""Forms with files as no browser sends them: a page and no word lost, or a clear refusal; never an error of ours."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from core.people import sessions
from core.settings import Settings
from core.tickets import enclosing
from intake_web import parts, receiving
from intake_web.app import Application
from tests.harness import cast, multipart, samples
from tests.harness.multipart import BOUNDARY, part
from tests.harness.page import Visitor, within
from tests.harness.wants import sweep
from tests.intake_web.people import Citizen, details

PHOTO = samples.jpeg(16, 16)


@pytest.fixture
def citizen(sqlite_database: str, site_settings: Settings) -> Citizen:
    """Somebody signed in on SQLite, for what has little to do with databases."""
    account = cast.account()
    browser = Visitor(within(Application(site_settings)))
    browser.cookies["sesion"] = sessions.begin(account.id, remember=False).token
    return Citizen(browser, account)


def held(citizen: Citizen) -> list[str]:
    """The names of the files in the draft."""
    return [each.name for each in enclosing.of_draft(citizen.account.persons[0].id)]


Odd = Callable[[dict[str, str]], tuple[str, bytes]]
"""Of a form's fields: a Content-Type and a body."""
KIND = f"multipart/form-data; boundary={BOUNDARY}"


def with_parts(change: Callable[[list[bytes]], list[bytes]]) -> Odd:
    return lambda fields: (KIND, multipart.body(change(multipart.parts_of(fields, [("a.jpg", PHOTO)]))))


def cut(by: int) -> Odd:
    return lambda fields: (KIND, multipart.body(multipart.parts_of(fields, [("a.jpg", PHOTO)]))[:-by])


def raw(kind: str, body: bytes) -> Odd:
    return lambda fields: (kind, body)


def odd_file(head: bytes) -> Odd:
    return with_parts(lambda found: [*found[:-1], head + b"\r\n\r\n" + PHOTO])


DISPOSITION = b'Content-Disposition: form-data; name="adjuntos"; filename='
ODD: dict[str, Odd] = {
    "no boundary": raw("multipart/form-data", b"--x\r\n"),
    "empty boundary": raw('multipart/form-data; boundary=""', b"----\r\n"),
    "endless boundary": raw(f"multipart/form-data; boundary={'x' * 5000}", b"x"),
    "odd boundary": raw("multipart/form-data; boundary=\xe9\x00", b"x"),
    "other boundary": lambda fields: ("multipart/form-data; boundary=otra", multipart.body(multipart.parts_of(fields, []))),
    "nothing": raw(KIND, b""),
    "noise": raw(KIND, bytes(range(256)) * 40),
    "only the end": raw(KIND, f"--{BOUNDARY}--\r\n".encode()),
    "line breaks of one letter": lambda fields: (KIND, multipart.body(multipart.parts_of(fields, [])).replace(b"\r\n", b"\n")),
    "cut in the end": cut(3),
    "cut in the file": cut(300),
    "a part without a name": with_parts(lambda found: [*found, b"Content-Disposition: form-data\r\n\r\nx"]),
    "a part without a header": with_parts(lambda found: [*found, b"\r\nx"]),
    "a header that is none": with_parts(lambda found: [*found, b"hola\r\n\r\nx"]),
    "endless header": with_parts(lambda found: [*found, b"X-A: " + b"a" * 200_000 + b"\r\n\r\nx"]),
    "many headers": with_parts(lambda found: [*found, b"X-A: b\r\n" * 500 + b"\r\nx"]),
    "ten thousand parts": with_parts(lambda found: found + [part(f"n{number}", b"x") for number in range(10_000)]),
    "ten thousand files": with_parts(lambda found: found + [part("adjuntos", b"", "")] * 10_000),
    "the same field again": with_parts(lambda found: [*found, part("texto", b"otro"), part("ficha", b"otra")]),
    "words as a file": with_parts(lambda found: [*found, part("texto", b"otro", "texto.txt")]),
    "a file as words": with_parts(lambda found: [*found[:-1], part("adjuntos", PHOTO)]),
    "files under another name": with_parts(lambda found: [*found, part("otro", PHOTO, "a.jpg")]),
    "a name with nul": odd_file(DISPOSITION + b'"a\x00b.pdf"'),
    "a name without end": odd_file(DISPOSITION + b'"a.pdf'),
    "a name of broken bytes": odd_file(DISPOSITION + b'"\xff\xfe\xed\xa0\x80.pdf"'),
    "a name of ten thousand letters": odd_file(DISPOSITION + b'"' + b"a" * 10_000 + b'.pdf"'),
    "a name that leads up": odd_file(DISPOSITION + b'"../../../../etc/passwd"'),
    "a name in another way": odd_file(b"Content-Disposition: form-data; name=\"adjuntos\"; filename*=UTF-8''%e2%82%ac.pdf"),
    "a name for the log": odd_file(DISPOSITION + b'"%0D%0ASet-Cookie: a=b.pdf"'),
    "an encoding": odd_file(DISPOSITION + b'"a.jpg"\r\nContent-Transfer-Encoding: base64'),
    "parts within a part": odd_file(DISPOSITION + b'"a.jpg"\r\nContent-Type: multipart/mixed; boundary=otra'),
    "a million letters": with_parts(lambda found: [part("texto", b"a" * 1_200_000), *found]),
    "letters that are none": with_parts(lambda found: [part("region", b"\xff\xfe"), *found]),
}


@pytest.mark.parametrize("name", sweep(list(ODD), 33))
def test_an_odd_form_is_kept_or_refused_with_a_clear_page(citizen: Citizen, name: str) -> None:
    page = details(citizen)
    fields = {**multipart.form_of(page).fields, "texto": "Se queda", "tramite_id": "12345678"}
    kind, body = ODD[name](fields)
    answer = citizen.visitor.ask("POST", "/ticket/nuevo/detalle", {"Content-Type": kind}, body)
    assert answer.status in (303, 400, 413, 422), answer.status
    assert answer.status == 303 or "<h1>" in answer.text
    assert "Traceback" not in answer.text
    kept = citizen.visitor.get("/ticket/nuevo/detalle").text
    if answer.status == 303:
        assert "Se queda" in kept
    elif answer.status == 422:
        assert "Se queda" in answer.text
    assert not [each for each in held(citizen) if each.strip(". ") != each or re.search(r'[/\\<>:"|?*\x00-\x1f]', each)]
    assert citizen.visitor.get("/salud").status == 200


def test_a_form_with_more_than_may_be_sent_says_so(citizen: Citizen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "LARGEST_PARCEL", 50_000)
    spool = receiving.Spool()
    page = details(citizen)
    fields = {**multipart.form_of(page).fields, "texto": "Sigue aquí", "tramite_id": "12345678"}
    whole = multipart.body(multipart.parts_of(fields, [("a.jpg", PHOTO), ("b.pdf", bytes(90_000))]))
    for start in range(0, len(whole), 8_192):
        spool.append(whole[start : start + 8_192])
    parcel = parts.read({"CONTENT_TYPE": KIND, "CONTENT_LENGTH": str(len(spool)), "wsgi.input": spool.getfile()})
    assert (parcel.cut, parcel.form["texto"], [each.name for each in parcel.files]) == ("large", "Sigue aquí", ["a.jpg"])
    assert "envíalos de a uno" in parts.complaint(parcel.cut)
    parcel.close()
    spool.close()
