"""Keys are obeyed one after the other, each where the one before has led: whoever types ahead loses no letter.

Textual hands every key of a burst (a slow link, a quick hand) to whatever has the focus when the burst arrives:
a password typed after tab would stand in the name's field, and a text typed after `r` would be obeyed as commands.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from time import monotonic
from typing import Any

from textual import events
from textual.app import App
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widget import Widget

_LONGEST_WAIT = 1.0
"""Seconds for which keys wait for what was asked for; after that they are obeyed where the hand is."""
_LOOKED_EVERY = 0.01
_LOST_AFTER = 0.3
"""Seconds after which a key of which nothing is heard holds up no other."""
Typed = events.Key | events.Paste


class Typeahead(App[None]):
    """Holds keys back while an earlier one is being carried out."""

    def __init__(self) -> None:
        super().__init__()
        self._typed: deque[Typed] = deque()
        self._under_way: Typed | None = None
        self._target: Widget | None = None
        self._begun_at = 0.0
        self._is_there: Callable[[], object] | None = None
        self._waits_until = 0.0

    @property
    def keys_wait(self) -> bool:
        """Whether keys wait: something that was asked for is not there yet, or an earlier key is being carried out."""
        return self._is_there is not None or (self._under_way is not None and monotonic() < self._begun_at + _LOST_AFTER)

    def keys_wait_for(self, is_there: Callable[[], object], patience: float = _LONGEST_WAIT) -> None:
        """Let the keys that are typed from now on wait until something is there, or did not come in time (seconds)."""
        self._is_there, self._waits_until = is_there, monotonic() + patience
        self._look()

    def keys_go_on(self) -> None:
        """What keys wait for will not come."""
        self._is_there = None

    def push_screen(self, screen: Screen[Any] | str, *args: Any, **kwargs: Any) -> Any:
        """Show another screen; the keys wait until it knows where they go."""
        pushed = super().push_screen(screen, *args, **kwargs)
        settled: list[bool] = []
        self.keys_wait_for(lambda: settled)
        self.screen.call_after_refresh(self.call_later, lambda: settled.append(True))
        return pushed

    def _look(self) -> None:
        if self._is_there is None or self._is_there() or monotonic() > self._waits_until:
            self._is_there = None
            self.call_later(self._go_on)
        else:
            self.set_timer(_LOOKED_EVERY, self._look)

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, Typed) and not event.is_forwarded:
            self._typed.append(event)
            await self._go_on()
        else:
            await super().on_event(event)

    async def _go_on(self) -> None:
        """Hand over the next key, unless one is being carried out."""
        if not self._typed or self.keys_wait:
            return
        event = self._under_way = self._typed.popleft()
        self._begun_at = monotonic()
        target = self._target = self.focused or self.screen
        await super().on_event(event)
        if not (event.is_forwarded and target.call_later(self._handled, event)):
            self._carried_out(event)

    def _handled(self, event: Typed) -> None:
        """The widget has seen it: what it did not take goes on to the commands."""
        if isinstance(event, events.Paste) or event._stop_propagation:
            self._carried_out(event)

    async def _on_key(self, event: events.Key) -> None:
        self.call_next(self._carried_out, event)  # behind Textual's own handler, which carries commands out

    def _carried_out(self, event: Typed) -> None:
        if self._under_way is event and self._target is not None:
            self._follow(event, deque(self._target.ancestors_with_self))

    def _follow(self, event: Typed, way: deque[DOMNode]) -> None:
        """Rise from the widget to the desk behind the messages that the key set off, and the changes of focus these bring."""
        while way:
            if way.popleft().call_later(self._follow, event, way):
                return
        self.call_later(self._settled, event)

    async def _settled(self, event: Typed) -> None:
        if self._under_way is event:
            self._under_way = self._target = None
            await self._go_on()
