"""Who may be believed: cookies, own addresses, proxies, and the headers of every answer."""

from __future__ import annotations

import ipaddress
import re
from typing import Any
from urllib.parse import urlsplit

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_COOKIE_VALUE = re.compile(r"[A-Za-z0-9_-]{16,200}\Z")
LANGUAGE_VALUE = re.compile(r"[a-z]{2}\Z")
_OWN_PATH = re.compile(r"(?=.{1,1000}\Z)(?:/|(?:/[\w.~%@-]+)+)(?:\?[\w.~%@&=+/-]*)?\Z", re.ASCII)
_HOST = re.compile(r"(?:\[[0-9a-f:.]{2,45}\]|[a-z0-9.-]{1,253})(?::(\d{1,5}))?\Z")
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
_WAYS_ON = re.compile(
    r"/(?:portal|seguir|hora(?:/nueva)?|mis-datos(?:/[a-z]{1,20}(?:/[0-9]{1,18})?)?|cuenta/personas(?:/nueva(?:/[a-z]{1,20})?|/[0-9]{1,18}/entregar)?|tramites(?:/[a-z-]{1,40}(?:/iniciar)?)?|cuenta/seguridad(?:/[a-z]{1,20})?|portal/(?:cartas(?:/[0-9]{1,18})?|tickets|tramites?)|ticket/nuevo(?:/[a-z]{1,20})?|ticket/[A-Z0-9-]{8,24}(?:/(?:segundo|hora))?)\Z"
)

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src data:",  # the empty icon, so that no browser asks for one
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    )
)


def answer_headers(secure: bool, script_hash: str, claveunica: str = "") -> list[tuple[str, str]]:
    """The headers that every answer carries.

    Only the script of this hash may run; a form may lead on to ClaveÚnica's origin, when there is one, to sign out.
    """
    policy = f"script-src 'sha256-{script_hash}'; {CONTENT_POLICY} {claveunica}".strip()
    headers = [
        ("Content-Security-Policy", policy),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "same-origin"),  # with no-referrer browsers would send Origin: null with our own forms
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"),
    ]
    if secure:
        headers.append(("Strict-Transport-Security", "max-age=31536000; includeSubDomains"))
    return headers


def cookie(jar: str, name: str, made: re.Pattern[str] = _COOKIE_VALUE) -> str:
    """The value of one of our cookies, or "" when it is missing or was not made by us."""
    for crumb in jar.split(";"):
        key, found, value = crumb.strip().partition("=")
        if found and key == name and made.match(value):
            return value
    return ""


def set_cookie(name: str, value: str, secure: bool, seconds: int | None = None) -> str:
    """A Set-Cookie value; without `seconds` it lasts until the browser is closed."""
    age = "" if seconds is None else f"; Max-Age={max(0, seconds)}"
    return f"{name}={value}; Path=/; HttpOnly; SameSite=Lax{age}{'; Secure' if secure else ''}"


def own_path(wanted: str, otherwise: str) -> str:
    """A path of this site to go on with, from the list of those that make sense after signing in."""
    return wanted if _WAYS_ON.match(wanted) else otherwise


def is_own_path(path: str) -> bool:
    """Whether it is written like a path of this site, with or without a query, and can lead to no other."""
    return _OWN_PATH.match(path) is not None


def is_own_host(host: str, ours: str) -> bool:
    """Whether a Host header names this site (any port, and this machine's own names)."""
    match = _HOST.match(host.lower())
    if match is None or int(match[1] or 80) > 65535:
        return False
    name = host.lower()[: match.start(1) - 1] if match[1] else host.lower()
    return name == ours or name.strip("[]") == ours or name in _LOOPBACK


def origin(address: str) -> str:
    """The origin of a web address (RFC 6454): what stands before its path."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def is_own_origin(environ: dict[str, Any], ours: str) -> bool:
    """Whether a form came from a page of this site, as far as the browser tells."""
    sender = environ.get("HTTP_ORIGIN", "")
    if not sender or sender == "null":
        return environ.get("HTTP_SEC_FETCH_SITE", "same-origin") in ("same-origin", "none")
    return sender == ours or _place(sender) == str(environ.get("HTTP_HOST", "?")).lower()


def referring_path(environ: dict[str, Any], ours: str) -> str:
    """The path of our own page that led here, with its query; empty when it was none of ours or nobody tells."""
    start, _slash, rest = environ.get("HTTP_REFERER", "").partition("//")[2].partition("/")
    return f"/{rest}" if start and start in (_place(ours), str(environ.get("HTTP_HOST", "")).lower()) else ""


def _place(origin: str) -> str:
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""


def client_address(environ: dict[str, Any], proxies: tuple[Network, ...]) -> str:
    """The visitor's address: forwarded ones count only as far as our own proxies vouch for them.

    An IPv6 address stands for its /64, which one household or one attacker holds.
    """
    address = _parse(environ.get("REMOTE_ADDR", ""))
    hops = environ.get("HTTP_X_FORWARDED_FOR", "").split(",") if proxies else []
    while address is not None and hops and any(address in network for network in proxies):
        address = _parse(hops.pop()) or address
    if address is None:
        return ""
    return str(address) if address.version == 4 else str(ipaddress.ip_network((int(address), 64), strict=False))


def _parse(text: str) -> Address | None:
    try:
        address = ipaddress.ip_address(text.strip())
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address
