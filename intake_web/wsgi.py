"""The site for a server of somebody else's, which loads it: `intake_web.wsgi:application()`."""

from __future__ import annotations

import ayuda
from intake_web import problems, templating
from intake_web.app import Application


def application() -> Application:
    """A new site on the settings of the environment, every template compiled; raises `Misconfigured`."""
    problems.log_to_stderr()
    site = Application(ayuda.compose())
    templating.prepare()
    return site
