"""A visitor without a browser: asks for pages, keeps cookies, reads forms and sends them back filled in.

The same visitor talks to a WSGI application in this process or to a server over HTTP.
"""

from __future__ import annotations

import http.client
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from typing import Any, Protocol
from urllib.parse import urlencode, urljoin, urlsplit

Headers = list[tuple[str, str]]
Answer = tuple[int, Headers, bytes]


class Transport(Protocol):
    """Carries one request."""

    def __call__(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer: ...


@dataclass(slots=True)
class Form:
    """A form as it stands in a page: its fields with what they hold."""

    action: str
    method: str = "get"
    fields: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class Page:
    """An answer to a visitor."""

    def __init__(self, visitor: Visitor, path: str, answer: Answer) -> None:
        self.visitor = visitor
        self.path = path
        self.status, self.headers, self.body = answer

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    @property
    def location(self) -> str:
        """Where it sends the visitor, or nothing."""
        return self.header("Location")

    def header(self, name: str) -> str:
        """A header's value, or nothing."""
        return next((value for given, value in self.headers if given.lower() == name.lower()), "")

    @property
    def forms(self) -> list[Form]:
        """The forms in the page."""
        reader = _FormReader(self.path)
        reader.feed(self.text)
        return reader.forms

    def form(self, with_field: str = "") -> Form:
        """The form that has such a field; without a name, the first that is posted."""
        suits = [form for form in self.forms if form.method == "post" and (not with_field or with_field in form.fields)]
        assert suits, f"no form with {with_field!r} in {self.path}:\n{self.text}"
        return suits[0]

    def send(self, with_field: str = "", **filled: str | None) -> Page:
        """Send a form of this page with some fields filled in; None leaves one out."""
        form = self.form(with_field or next(iter(filled), ""))
        fields = {name: value for name, value in {**form.fields, **filled}.items() if value is not None}
        return self.visitor.post(form.action, fields)

    def follow(self) -> Page:
        """The page that redirections lead to in the end; this one if there are none."""
        page = self
        for _ in range(10):
            if page.status not in (301, 302, 303, 307, 308):
                return page
            page = self.visitor.get(urljoin(page.path, page.location))
        raise AssertionError(f"redirected for ever: {page.location}")


class Visitor:
    """Somebody who goes from page to page with the cookies that they were given."""

    def __init__(self, transport: Transport, headers: Mapping[str, str] | None = None) -> None:
        self.transport = transport
        self.headers = dict(headers or {})
        self.cookies: dict[str, str] = {}

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Page:
        """Ask for a page."""
        return self.ask("GET", path, headers or {}, b"")

    def post(self, path: str, fields: Mapping[str, str], headers: Mapping[str, str] | None = None) -> Page:
        """Send fields as a form would."""
        content = {"Content-Type": "application/x-www-form-urlencoded", **(headers or {})}
        return self.ask("POST", path, content, urlencode(fields).encode())

    def ask(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Page:
        """Any request; the cookies of the answer are kept."""
        parts = urlsplit(path)
        local = parts.path + (f"?{parts.query}" if parts.query else "")
        cookies = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())} if self.cookies else {}
        answer = self.transport(method, local, {**self.headers, **cookies, **headers}, body)
        self._keep_cookies(answer[1])
        return Page(self, path, answer)

    def _keep_cookies(self, headers: Headers) -> None:
        for name, value in headers:
            if name.lower() == "set-cookie":
                for key, morsel in SimpleCookie(value).items():
                    if morsel["max-age"] == "0" or not morsel.value:
                        self.cookies.pop(key, None)
                    else:
                        self.cookies[key] = morsel.coded_value


def over_http(address: str, timeout: float = 30) -> Transport:
    """Requests to a server, all on one connection while it holds."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=timeout)

    def carry(method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        try:
            connection.request(method, path, body or None, dict(headers))
            response = connection.getresponse()
            return response.status, response.getheaders(), response.read()
        except BaseException:
            connection.close()
            raise

    return carry


def within(application: Callable[..., Iterable[bytes]], host: str = "127.0.0.1:8000") -> Transport:
    """Requests to a WSGI application in this process."""

    def carry(method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        started: list[Any] = []
        answer = application(_environ(method, path, headers, body, host), lambda *start: started.append(start[:2]))
        try:
            content = b"".join(answer)
        finally:
            getattr(answer, "close", lambda: None)()
        status, answered = started[-1]
        return int(status.split()[0]), list(answered), content

    return carry


def _environ(method: str, path: str, headers: Mapping[str, str], body: bytes, host: str) -> dict[str, Any]:
    from urllib.parse import unquote_to_bytes

    local, _, query = path.partition("?")
    name, _, port = host.partition(":")
    given = {f"HTTP_{key.upper().replace('-', '_')}": value for key, value in {"Host": host, **headers}.items()}
    return {
        **given,
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(local).decode("latin-1"),
        "QUERY_STRING": query,
        "CONTENT_TYPE": given.pop("HTTP_CONTENT_TYPE", ""),
        "CONTENT_LENGTH": str(len(body)) if method == "POST" else "",
        "SERVER_NAME": name,
        "SERVER_PORT": port or "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }


class _FormReader(HTMLParser):
    """Collects the forms of a page as a browser would fill them in before anybody touches them."""

    def __init__(self, path: str) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self._path = path
        self._form: Form | None = None
        self._area = self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = urljoin(self._path, given.get("action", "") or self._path)
            self._form = Form(action, given.get("method", "get").lower())
            self.forms.append(self._form)
        elif self._form is not None:
            self._field(self._form, tag, given)

    def _field(self, form: Form, tag: str, given: dict[str, str]) -> None:
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "input" and name:
            self._input(form, given)
        elif tag == "button" and name:
            form.buttons.append((name, value))
        elif tag == "textarea" and name:
            self._area = name
            form.fields[name] = ""
        elif tag == "select" and name:
            self._select = name
            form.choices[name] = []
        elif tag == "option" and self._select:
            form.choices[self._select].append(value)
            if "selected" in given or len(form.choices[self._select]) == 1:
                form.fields[self._select] = value

    def _input(self, form: Form, given: dict[str, str]) -> None:
        name, value, kind = given["name"], given.get("value", ""), given.get("type", "text").lower()
        if kind in ("radio", "checkbox"):
            form.choices.setdefault(name, []).append(value or "on")
            if "checked" in given:
                form.fields[name] = value or "on"
        elif kind == "submit":
            form.buttons.append((name, value))
        elif kind != "file":
            form.fields[name] = value

    def handle_data(self, data: str) -> None:
        if self._area and self._form is not None:
            self._form.fields[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "textarea":
            self._trim_area()
        elif tag == "select":
            self._select = ""

    def _trim_area(self) -> None:
        """The newline right behind `<textarea>` is not part of its value."""
        if self._form is not None and self._area:
            self._form.fields[self._area] = self._form.fields[self._area].removeprefix("\n")
        self._area = ""
