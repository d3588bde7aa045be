"""Forms with files as browsers send them, and as they never would."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tests.harness.page import Form, Page, Visitor

BOUNDARY = "----linde7MA4YWxkTrZu0gW"
Chosen = tuple[str, bytes]
"""A file's name and its content."""


def part(name: str, content: bytes, filename: str | None = None, kind: str = "application/octet-stream") -> bytes:
    """One part, its name written as browsers write it (HTML standard, multipart/form-data encoding)."""
    head = f'Content-Disposition: form-data; name="{_escaped(name)}"'.encode()
    if filename is not None:
        head += f'; filename="{_escaped(filename)}"\r\nContent-Type: {kind}'.encode("utf-8", "surrogatepass")
    return head + b"\r\n\r\n" + content


def _escaped(text: str) -> str:
    return text.replace("\r", "%0D").replace("\n", "%0A").replace('"', "%22")


def body(parts: Iterable[bytes], boundary: str = BOUNDARY) -> bytes:
    """The whole body."""
    edge = b"--" + boundary.encode()
    return b"".join(edge + b"\r\n" + each + b"\r\n" for each in parts) + edge + b"--\r\n"


def parts_of(fields: Mapping[str, str], files: Iterable[Chosen], field: str = "adjuntos") -> list[bytes]:
    """The parts of a form: words first, then files; a file field that is left alone is sent too, empty."""
    words = [part(name, value.encode()) for name, value in fields.items()]
    return words + ([part(field, content, name) for name, content in files] or [part(field, b"", "")])


def post(visitor: Visitor, path: str, parts: Iterable[bytes], kind: str = f"multipart/form-data; boundary={BOUNDARY}") -> Page:
    """Send parts to a path."""
    return visitor.ask("POST", path, {"Content-Type": kind}, body(parts))


def send(page: Page, files: Iterable[Chosen] = (), **filled: str) -> Page:
    """Send the page's form for files with these answers and files."""
    form = form_of(page)
    return post(page.visitor, form.action, parts_of({**form.fields, **filled}, files))


def form_of(page: Page) -> Form:
    """The form of a page that takes files."""
    return next(form for form in page.forms if form.method == "post" and "texto" in form.fields)
