"""A visit: one request as a page sees it."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from core import clock, tokens
from core.errors import Problem
from core.language import LANGUAGES
from core.people import sessions
from core.people.account_views import Account, SessionGrant
from core.settings import Settings
from intake_web import devices, forms, parts, security, speech

Environ = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Site:
    """What every page needs to know of the settings, worked out once."""

    settings: Settings
    host: str
    origin: str
    secure: bool
    session_cookie: str
    visitor_cookie: str
    language_cookie: str
    proxies: tuple[security.Network, ...]
    claveunica: str
    """The origin of ClaveÚnica; empty when people sign in with passwords only."""

    @classmethod
    def of(cls, settings: Settings) -> Site:
        """The site of these settings."""
        parts = urlsplit(settings.base_url)
        secure = parts.scheme == "https"
        prefix = "__Host-" if secure else ""
        return cls(
            settings=settings,
            host=parts.hostname or "",
            origin=security.origin(settings.base_url),
            secure=secure,
            session_cookie=f"{prefix}sesion",
            visitor_cookie=f"{prefix}visita",
            language_cookie=f"{prefix}idioma",
            proxies=tuple(ipaddress.ip_network(proxy, strict=False) for proxy in settings.trusted_proxies),
            claveunica=security.origin(settings.claveunica_url) if settings.claveunica_client_id else "",
        )


@dataclass(slots=True)
class Visit:
    """Who asks, from where, and what was typed; `cookies` collects what the answer will set."""

    site: Site
    environ: Environ
    path: str
    visitor: str = ""
    session: str = ""
    chosen_language: str = ""
    cookies: list[str] = field(default_factory=list)
    session_was_stolen: bool = False
    takes_files: bool = False
    _account: Account | None = None
    _form: forms.Form | None = None
    _parcel: parts.Parcel | None = None

    @classmethod
    def of(cls, site: Site, environ: Environ) -> Visit:
        """The visit behind a WSGI environment."""
        visit = cls(site, environ, environ.get("PATH_INFO", "/"))
        jar = environ.get("HTTP_COOKIE", "")
        if jar:
            visit.visitor = security.cookie(jar, site.visitor_cookie)
            visit.session = security.cookie(jar, site.session_cookie)
            chosen = security.cookie(jar, site.language_cookie, security.LANGUAGE_VALUE)
            visit.chosen_language = chosen if chosen in LANGUAGES else ""
        return visit

    @property
    def account(self) -> Account | None:
        """Whoever is signed in; asked of core once a request."""
        if self._account is None and self.session:
            resumed = sessions.resume(self.session)
            self._account, self.session_was_stolen = resumed.account, resumed.stolen
            if resumed.renewed is not None:
                self.keep_session(resumed.renewed)
        return self._account

    def keep_session(self, grant: SessionGrant) -> None:
        """Hand a session's token to the browser."""
        self.session = grant.token
        age = None if grant.expires_at is None else grant.expires_at - clock.now()
        self.cookies.append(security.set_cookie(self.site.session_cookie, grant.token, self.site.secure, age))

    @property
    def device(self) -> str:
        """The browser in words that its owner recognises."""
        return devices.words(str(self.environ.get("HTTP_USER_AGENT", ""))[:400])

    @property
    def person(self) -> Account:
        """Whoever is signed in, for pages that only such people reach."""
        account = self.account
        if account is None:
            raise RuntimeError("the route table lets anyone reach this page")
        return account

    @property
    def form(self) -> forms.Form:
        """The fields that were sent, decoded once."""
        if self._form is None:
            self._form = self._arrived().form if self._carries_files() else forms.read(self.environ)
        return self._form

    @property
    def parcel(self) -> parts.Parcel:
        """The files that came with the form, and whether all of it arrived; gone when the request is answered."""
        return self._arrived() if self._carries_files() else parts.Parcel()

    def _carries_files(self) -> bool:
        return self.takes_files and parts.is_kind(self.environ.get("CONTENT_TYPE", ""))

    def _arrived(self) -> parts.Parcel:
        if self._parcel is None:
            self._parcel = parts.read(self.environ)
        return self._parcel

    @property
    def brought_files(self) -> bool:
        """Whether files were among what has been read of the form."""
        return self._parcel is not None and bool(self._parcel.files)

    def forget_files(self) -> None:
        """The request is answered."""
        if self._parcel is not None:
            self._parcel.close()

    @property
    def query(self) -> forms.Form:
        """The fields in the address."""
        return forms.parse(self.environ.get("QUERY_STRING", ""))

    @property
    def changing(self) -> bool:
        """Whether one answer is being changed on the way back to the page that shows them all."""
        return "cambiar=" in self.environ.get("QUERY_STRING", "")

    @property
    def address(self) -> str:
        """The address that the visitor comes from, as throttles count it."""
        return security.client_address(self.environ, self.site.proxies)

    def remembered_visitor(self) -> str:
        """The visitor's own random mark; a first visit gets one with its answer."""
        if not self.visitor:
            self.renew_visitor()
        return self.visitor

    def renew_visitor(self) -> None:
        """Give the visitor a new mark, so that forms from before count no longer."""
        self.visitor = tokens.random_token()
        self.cookies.append(security.set_cookie(self.site.visitor_cookie, self.visitor, self.site.secure))

    def sent_our_form(self) -> bool:
        """Whether what was typed came in a form that this visitor was given."""
        return bool(self.visitor) and tokens.is_form_token(self.visitor, self.form["ficha"])

    @property
    def language(self) -> str:
        """The language to speak: the one chosen in this browser, else the account's, else the browser's own."""
        return self.chosen_language or self._language_of_account() or self.guessed_language

    @property
    def guessed_language(self) -> str:
        """The language to speak as far as the request alone tells."""
        return self.chosen_language or speech.guess(self.environ.get("HTTP_ACCEPT_LANGUAGE", ""))

    def _language_of_account(self) -> str:
        if not self.session:
            return ""
        try:
            return self.account.language if self.account else ""
        except Problem:
            return ""

    @property
    def here(self) -> str:
        """The page that is looked at, to come back to: after a form was sent, the page on which it stood."""
        if self.environ["REQUEST_METHOD"] == "POST":
            return security.referring_path(self.environ, self.site.origin) or self.path
        query = self.environ.get("QUERY_STRING", "")
        return f"{self.path}?{query}" if query else self.path

    def form_token(self) -> str:
        """A token for the forms of this answer."""
        return tokens.form_token(self.remembered_visitor())
