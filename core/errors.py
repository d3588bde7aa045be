"""Refusals: one family of exceptions whose message may be shown to whoever caused it."""

from __future__ import annotations

from collections.abc import Mapping


class Problem(Exception):
    """A refusal with one sentence, in the reader's language, that says what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotFound(Problem):
    """What was asked for does not exist, or is not for this person to know."""


class NotAllowed(Problem):
    """The person is known but may not do this."""


class NeedsReason(Problem):
    """It may be seen once it is said what for: it lies outside one's own work."""


class Invalid(Problem):
    """Fields that cannot be accepted: name of the field → sentence that tells how to mend it."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(next(iter(fields.values()), ""))
        self.fields = dict(fields)


class Conflict(Problem):
    """Somebody or something else was first; `folio` names the ticket that stands in the way."""

    def __init__(self, message: str, folio: str = "") -> None:
        super().__init__(message)
        self.folio = folio


class TryLater(Problem):
    """It cannot be done now; `retry_after` says in how many seconds it can be tried again."""

    def __init__(self, message: str, retry_after: int = 10) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class TooOften(TryLater):
    """An allowance is used up (HTTP 429); any other `TryLater` is trouble of the service's own (503)."""


class NoSpace(TryLater):
    """Nothing more can be kept before somebody makes room; whoever typed something may know."""


class Misconfigured(Problem):
    """A setting is missing or wrong; the message names it."""
