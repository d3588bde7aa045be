"""Pages of plain text: privacy, terms, accessibility."""

from __future__ import annotations

from intake_web.pages.landing import kept
from intake_web.replies import Reply
from intake_web.visit import Visit


def privacy(visit: Visit) -> Reply:
    """What is kept about people, why, and what they may ask for."""
    return kept(visit, "privacy.html")


def terms(visit: Visit) -> Reply:
    """What the service promises and what it asks."""
    return kept(visit, "terms.html")


def accessibility(visit: Visit) -> Reply:
    """What was done so that everybody can use the site, and where to write when something is in the way."""
    return kept(visit, "accessibility.html")
