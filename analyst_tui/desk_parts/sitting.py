"""Who sits at the desk: signing in, a session that ends, somebody else who sits down."""

from __future__ import annotations

from time import monotonic

from textual.screen import Screen

from analyst_tui import feed
from analyst_tui.background import run
from analyst_tui.desk_parts.holding import Holding
from analyst_tui.desk_parts.preferring import Preferring
from analyst_tui.desk_parts.safekeeping import Safekeeping
from analyst_tui.feed import Listing
from core.errors import NotAllowed, Problem
from core.people import staff
from core.people.views import Staff

_PATIENCE = 0.4
_STILL = 1.5
"""Seconds without a letter after which somebody has stopped writing."""


class Sitting(Preferring, Safekeeping, Holding):
    """Knows who is signed in, and asks when nobody is."""

    def get_default_screen(self) -> Screen[None]:
        """The queue at once when it is there already; otherwise signing in, or waiting for the database."""
        if self.token is None:
            return self.sign_in_screen()
        token = self.token
        try:
            return self.queue_screen(*(self.opening.result(_PATIENCE) if self.opening else feed.signed_in(token)))
        except NotAllowed as reason:
            return self.sign_in_screen(reason.message)
        except (Problem, TimeoutError):
            from analyst_tui.screens.waiting import WaitingScreen

            return WaitingScreen(lambda: feed.signed_in(token))

    def sign_in_screen(self, sentence: str = "") -> Screen[None]:
        """Name and password; the sentence says why they are asked."""
        from analyst_tui.screens.sign_in import SignInScreen

        return SignInScreen(sentence)

    def queue_screen(self, actor: Staff, listing: Listing) -> Screen[None]:
        """The queue of somebody who has just signed in."""
        from analyst_tui.screens.queue import QueueScreen

        self.actor = actor
        self.prefer(actor)
        self.mark = listing.pulse.mark
        return QueueScreen(listing)

    def check_session(self) -> None:
        """After a refusal: when the session is over, ask for name and password; what is open stays below."""
        actor = self.actor
        if actor is not None and not self.asks_who:
            run(self, "session", lambda: staff.current(actor), lambda _: None, self._session_over, quiet=True)

    def _session_over(self, problem: Problem) -> None:
        self.asks_who = True
        self._ask_who(problem.message)

    def _ask_who(self, sentence: str) -> None:
        """Put name and password before whoever sits here, but never in the middle of a word."""
        if monotonic() - self.typed_at < _STILL:
            self.say(sentence, alarm=True)
            self.set_timer(_STILL, lambda: self._ask_who(sentence))
        else:
            self.push_screen(self.sign_in_screen(sentence))

    async def sit_down(self, actor: Staff, listing: Listing) -> None:
        """Somebody signed in: back to what was open if it was theirs, otherwise a fresh queue."""
        from analyst_tui.screens.queue import QueueScreen

        returns = self.asks_who and self.actor is not None and self.actor.id == actor.id
        if not returns:
            self.shelve_all()
        self.asks_who, self.actor = False, actor
        self.prefer(actor)
        if not returns:
            self.unsaved.clear()
            self.held = ()
            self.recover()
            self.ask_holds()
            for screen in self.desk_screens:
                screen.forget()
        while len(self.screen_stack) > 1 and not isinstance(self.screen, QueueScreen):
            await self.pop_screen()
            if returns:
                return
        if isinstance(self.screen, QueueScreen):
            self.screen.restart(listing)
        else:
            await self.push_screen(self.queue_screen(actor, listing))
