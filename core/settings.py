"""Settings, read from the environment: the only place that looks at it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, cast
from urllib.parse import unquote, urlsplit

from core.errors import Misconfigured

Mode = Literal["production", "demo", "test"]

_MODES = ("production", "demo", "test")
_MAIL_SCHEMES = ("smtp", "smtps", "smtp+starttls")
_MINIMUM_KEY = 32
_COLOURLESS = ("dumb", "vt52", "vt1", "vt2", "vt3")
CLAVEUNICA = "https://accounts.claveunica.gob.cl"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that an operator can set; each field is the variable AYUDA_<NAME>."""

    home: Path
    database_url: str
    base_url: str
    secret_keys: tuple[str, ...]
    smtp_url: str
    mail_from: str
    trusted_proxies: tuple[str, ...]
    env: Mode
    now: int | None
    claveunica_client_id: str = ""
    claveunica_client_secret: str = field(default="", repr=False)
    claveunica_url: str = CLAVEUNICA
    attachments: Path = Path()
    clamd_url: str = ""
    in_browser: bool = False
    """Of the terminal: textual-serve runs it, which has no screen of its own."""
    remote: bool = False
    """Of the terminal: SSH_CONNECTION is set, or TEXTUAL_DRIVER names a browser: whoever looks at it is elsewhere."""
    attach_folders: tuple[Path, ...] = ()
    colourless: bool = False
    """Of the terminal: NO_COLOR is set, or TERM names one without colours."""


def load(variables: Mapping[str, str] | None = None) -> Settings:
    """The settings, each checked; raises `Misconfigured` naming the first that is wrong."""
    given = os.environ if variables is None else variables
    mode = _mode(given)
    home = Path(given.get("AYUDA_HOME") or Path.home() / ".local" / "share" / "ayuda").absolute()
    return Settings(
        home=home,
        database_url=_database_url(given, home),
        base_url=_base_url(given, mode),
        secret_keys=_secret_keys(given, home, mode),
        smtp_url=_smtp_url(given, home),
        mail_from=_mail_from(given),
        trusted_proxies=_trusted_proxies(given),
        env=mode,
        now=_now(given, mode),
        claveunica_client_id=given.get("AYUDA_CLAVEUNICA_CLIENT_ID") or "",
        claveunica_client_secret=_claveunica_secret(given),
        claveunica_url=_claveunica_url(given, mode),
        attachments=_attachments(given, home),
        clamd_url=_clamd_url(given),
        in_browser=_in_browser(given),
        remote=bool(given.get("SSH_CONNECTION")) or _in_browser(given),
        attach_folders=_attach_folders(given, mode),
        colourless=_colourless(given),
    )


def for_demo(port: int) -> dict[str, str]:
    """The environment of the demo's processes: a database and a mailbox of its own, whatever else is set."""
    home = Path(os.environ.get("AYUDA_HOME") or Path.home() / ".local" / "share" / "ayuda").absolute() / "demo"
    ours = {"AYUDA_ENV": "demo", "AYUDA_HOME": str(home), "AYUDA_BASE_URL": f"http://127.0.0.1:{port}"}
    return {name: value for name, value in os.environ.items() if not name.startswith("AYUDA_")} | ours


def _mode(given: Mapping[str, str]) -> Mode:
    mode = given.get("AYUDA_ENV") or "production"
    if mode not in _MODES:
        raise Misconfigured(f"AYUDA_ENV vale «{mode}»: escribe production, demo o test.")
    return cast("Mode", mode)


def _in_browser(given: Mapping[str, str]) -> bool:
    return "web_driver" in given.get("TEXTUAL_DRIVER", "")


def _colourless(given: Mapping[str, str]) -> bool:
    term = given.get("TERM") or ""
    return bool(given.get("NO_COLOR")) or term.startswith(_COLOURLESS) or term.endswith(("-m", "-mono"))


def _words(text: str) -> list[str]:
    return text.replace(",", " ").split()


def _trusted_proxies(given: Mapping[str, str]) -> tuple[str, ...]:
    proxies = tuple(_words(given.get("AYUDA_TRUSTED_PROXIES", "")))
    if proxies:
        from ipaddress import ip_network

        for proxy in proxies:
            try:
                ip_network(proxy, strict=False)
            except ValueError as reason:
                raise Misconfigured(
                    f"AYUDA_TRUSTED_PROXIES nombra «{proxy}»: escribe direcciones IP o redes, como 127.0.0.1 o 10.0.0.0/24."
                ) from reason
    return proxies


def _database_url(given: Mapping[str, str], home: Path) -> str:
    url = given.get("AYUDA_DATABASE_URL") or f"sqlite:///{home / 'ayuda.db'}"
    scheme, found, path = url.partition("://")
    if not found or scheme not in ("sqlite", "postgresql") or not path.strip("/"):
        raise Misconfigured(
            "AYUDA_DATABASE_URL no se entiende: escribe sqlite:///ruta o postgresql://usuario:clave@servidor:puerto/base."
        )
    return url


def _attachments(given: Mapping[str, str], home: Path) -> Path:
    url = given.get("AYUDA_ATTACHMENTS_URL")
    if not url:
        return home / "attachments"
    path = unquote(url.removeprefix("file://"))
    if not url.startswith("file:///") or not path.strip("/") or "\0" in path:
        raise Misconfigured(
            "AYUDA_ATTACHMENTS_URL no se entiende: escribe file:///ruta/de/una/carpeta, fuera de lo que sirve la web."
        )
    return Path(path)


def _attach_folders(given: Mapping[str, str], mode: Mode) -> tuple[Path, ...]:
    """Where the desk takes files for answers from; in production nowhere unless it is said: a server has no analyst's files."""
    text = given.get("AYUDA_ATTACH_FOLDERS") or ""
    if not text:
        return () if mode == "production" else (Path.home(),)
    folders = tuple(Path(part.strip()).expanduser() for part in text.split(":") if part.strip())
    wrong = next((folder for folder in folders if not folder.is_absolute()), None)
    if wrong is not None or not folders:
        raise Misconfigured("AYUDA_ATTACH_FOLDERS no se entiende: escribe rutas completas de carpetas, separadas por dos puntos.")
    return folders


def _clamd_url(given: Mapping[str, str]) -> str:
    url = given.get("AYUDA_CLAMD_URL") or ""
    try:
        parts = urlsplit(url)
        tcp = parts.scheme == "tcp" and bool(parts.hostname) and parts.port != 0
    except ValueError:
        tcp = False
    if url and not tcp and not url.startswith("unix:///"):
        raise Misconfigured("AYUDA_CLAMD_URL no se entiende: escribe tcp://servidor:puerto o unix:///ruta/del/zócalo.")
    return url


def _base_url(given: Mapping[str, str], mode: Mode) -> str:
    url = (given.get("AYUDA_BASE_URL") or "").rstrip("/")
    if not url and mode == "production":
        raise Misconfigured("Falta AYUDA_BASE_URL: la dirección pública, como https://ayuda.ejemplo.cl.")
    url = url or "http://127.0.0.1:8000"
    return _web_address("AYUDA_BASE_URL", url)


def _web_address(name: str, url: str) -> str:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not host or parts.query or parts.fragment:
        raise Misconfigured(f"{name} vale «{url}»: escribe una dirección http:// o https:// sin parámetros.")
    return url


def _secret_keys(given: Mapping[str, str], home: Path, mode: Mode) -> tuple[str, ...]:
    text = given.get("AYUDA_SECRET_KEY") or ""
    file = given.get("AYUDA_SECRET_KEY_FILE")
    if not text and file:
        try:
            text = Path(file).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as reason:
            raise Misconfigured(f"AYUDA_SECRET_KEY_FILE no se puede leer: {reason}.") from reason
    keys = tuple(line.strip() for line in text.splitlines() if line.strip())
    if not keys and mode != "production":
        return ("clave-de-ejemplo-que-nunca-sale-de-esta-maquina",)
    if not keys:
        raise Misconfigured("Falta AYUDA_SECRET_KEY o AYUDA_SECRET_KEY_FILE: una clave por línea, la nueva primero.")
    if any(len(key) < _MINIMUM_KEY for key in keys):
        raise Misconfigured(f"AYUDA_SECRET_KEY es corta: cada clave necesita {_MINIMUM_KEY} caracteres o más.")
    return keys


def _smtp_url(given: Mapping[str, str], home: Path) -> str:
    url = given.get("AYUDA_SMTP_URL") or f"maildir:{home / 'correo'}"
    if url.startswith("maildir:") and len(url) > len("maildir:"):
        return url
    try:
        parts = urlsplit(url)
        valid = parts.scheme in _MAIL_SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:
        valid = False
    if not valid:
        raise Misconfigured(
            "AYUDA_SMTP_URL no se entiende: escribe smtp://servidor:puerto, smtps://…, smtp+starttls://… o maildir:RUTA."
        )
    return url


def _mail_from(given: Mapping[str, str]) -> str:
    sender = given.get("AYUDA_MAIL_FROM") or "Ayuda Migraciones <no-responder@localhost>"
    if sender.count("@") != 1 or any(ord(c) < 32 for c in sender):
        raise Misconfigured(f"AYUDA_MAIL_FROM vale «{sender!r}»: escribe Nombre <correo@dominio>.")
    return sender


def _now(given: Mapping[str, str], mode: Mode) -> int | None:
    text = given.get("AYUDA_NOW")
    if not text:
        return None
    if mode == "production":
        raise Misconfigured("AYUDA_NOW no se permite en producción: quítala o usa AYUDA_ENV=test.")
    from datetime import UTC, datetime

    try:
        return int(text) if text.isdigit() else int(datetime.fromisoformat(text).astimezone(UTC).timestamp())
    except (ValueError, OverflowError, OSError) as reason:
        raise Misconfigured(f"AYUDA_NOW vale «{text}»: escribe una fecha como 2026-11-22T09:30:00-03:00.") from reason


def _claveunica_secret(given: Mapping[str, str]) -> str:
    pair = ("AYUDA_CLAVEUNICA_CLIENT_ID", "AYUDA_CLAVEUNICA_CLIENT_SECRET")
    missing = [name for name in pair if not given.get(name)]
    if missing and any(given.get(name) for name in (*pair, "AYUDA_CLAVEUNICA_URL")):
        raise Misconfigured(f"Falta {missing[0]}: ClaveÚnica necesita {' y '.join(pair)}, o ninguna de las dos.")
    return given.get(pair[1]) or ""


def _claveunica_url(given: Mapping[str, str], mode: Mode) -> str:
    url = (given.get("AYUDA_CLAVEUNICA_URL") or CLAVEUNICA).rstrip("/")
    if url != CLAVEUNICA and mode == "production":
        raise Misconfigured(f"AYUDA_CLAVEUNICA_URL solo se cambia en las pruebas: quítala, en producción es {CLAVEUNICA}.")
    return _web_address("AYUDA_CLAVEUNICA_URL", url)
