"""E-mail addresses: one spelling for each inbox, so that one person is one account."""

from __future__ import annotations

from core.errors import Problem
from core.language import _


class NotAnAddress(Problem):
    """The text is no e-mail address that a letter can be sent to."""


def canonical(text: str) -> str:
    """The one spelling of an address: outer blanks cut, lower case, the domain in its ASCII form (RFC 5890)."""
    from email_validator import EmailNotValidError, validate_email

    typed = text.strip(" \t\r\n\u00a0")
    try:
        parts = validate_email(typed, check_deliverability=False, allow_smtputf8=False, test_environment=True)
    except (EmailNotValidError, UnicodeError, ValueError) as reason:
        raise NotAnAddress(_("Escribe tu correo completo, como nombre@correo.cl.")) from reason
    if parts.ascii_email is None or any(ord(c) < 33 for c in parts.ascii_email):
        raise NotAnAddress(_("Escribe tu correo completo, como nombre@correo.cl."))
    return parts.ascii_email.lower()
