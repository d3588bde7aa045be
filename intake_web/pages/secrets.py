"""Passwords as they come in: hidden while typed, or in plain sight for whoever prefers that."""

from __future__ import annotations

from intake_web.forms import Form


def typed_secret(form: Form) -> tuple[str, str]:
    """A new password and its repetition; one typed in plain sight needs no second time."""
    seen = form["clave_visible"]
    return form["clave"] or seen, form["clave2"] or (seen if not form["clave"] else "")
