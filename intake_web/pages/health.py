"""What programs ask: whether the service is well, whom to tell about a hole, what to index."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

from core import clock
from core.errors import TryLater
from core.people import sessions
from intake_web import replies
from intake_web.replies import Reply
from intake_web.visit import Visit

_VALID_DAYS = 180


def health(_visit: Visit) -> Reply:
    """Whether it can serve: the database answers; 503 when it does not."""
    try:
        sessions.account_of("salud")
    except TryLater as problem:
        return _json({"status": "unavailable", "database": problem.message}, 503)
    return _json({"status": "ok", "database": "ok"}, 200)


def security_txt(visit: Visit) -> Reply:
    """Where to report a weakness (RFC 9116)."""
    base = visit.site.settings.base_url
    ends = datetime.fromtimestamp(clock.now(), UTC) + timedelta(days=_VALID_DAYS)
    lines = (
        f"Contact: {base}/privacidad#seguridad",
        f"Expires: {ends:%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: es, en",
        f"Canonical: {base}/.well-known/security.txt",
    )
    return replies.text("\n".join(lines) + "\n")


def robots_txt(_visit: Visit) -> Reply:
    """Only the pages that are the same for everybody are worth finding."""
    hidden = ("/portal", "/ticket/", "/cuenta/validar/", "/encuesta/", "/idioma")
    return replies.text("User-agent: *\n" + "".join(f"Disallow: {path}\n" for path in hidden))


def _json(said: dict[str, str], status: int) -> Reply:
    return replies.text(json.dumps(said, ensure_ascii=False) + "\n", "application/json", status, replies.PERSONAL)
