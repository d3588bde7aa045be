"""Views of one's own: kept, renamed, given up, and counted while nobody waits."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from analyst_tui import feed, spoken
from analyst_tui.background import ask, change
from analyst_tui.screens.queue_parts.listing import ListingScreen
from core.people.views import Staff

if TYPE_CHECKING:
    from core.tickets.searching.views import OwnView

_READ_AFTER = 0.4
_COUNTED_EVERY = 5.0
_AGAIN = {"rename": "cambiar el nombre de", "drop": "borrar", "keep": "guardar como otra vista"}


class Keeping(ListingScreen):
    """Keeps search lines under a name."""

    def on_mount(self) -> None:
        self._counted_at = -1
        self._typed_name: dict[str, str] = {}
        self.set_timer(_READ_AFTER, self.read_own_views)
        self.set_interval(_COUNTED_EVERY, self._count)

    def read_own_views(self) -> None:
        """Read one's views, and count what they hold."""
        if self.desk.actor is not None:
            ask(self, "own views", feed.own_views, self._show_own, quiet=True)

    def _show_own(self, views: tuple[OwnView, ...]) -> None:
        self.own_views, self._counted_at = views, -1
        self.paint_views()
        self._count()

    def _count(self) -> None:
        """Count again when something has changed since."""
        pulse, views = self.lister.pulse, self.own_views
        if not views or pulse is None or pulse.mark == self._counted_at or self.app.screen is not self:
            return
        self._counted_at = pulse.mark
        ask(self, "own sizes", lambda me: feed.own_sizes(me, views), self._show_sizes, quiet=True)

    def _show_sizes(self, sizes: dict[int, tuple[int, bool]]) -> None:
        self.own_sizes = {view_id: spoken.number(count) + ("+" if more else "") for view_id, (count, more) in sizes.items()}
        self.paint_views()

    def restart(self, listing: feed.Listing) -> None:
        super().restart(listing)
        self.read_own_views()

    def why_not(self, command_id: str) -> str:
        choice = self.lister.choice
        if command_id == "keep_view" and choice.asked is None:
            return f"Primero busca ({self.key_of('search')}), filtra u ordena: eso es lo que se guarda."
        return super().why_not(command_id)

    def do_keep_view(self) -> None:
        """Keep what stands in the list; a view of one's own can be renamed or given up instead."""
        choice = self.lister.choice
        if choice.own is None or choice.searches:
            self._ask_name("Guardar vista", self._keep_asked())
            return
        from analyst_tui.palette import Palette

        own = choice.own
        entries = [(code, "", f"{words}{'' if code == 'keep' else f' «{own.name}»'}", "") for code, words in _AGAIN.items()]
        self.app.push_screen(Palette(entries, f"qué hacer con «{own.name}»"), lambda code: self._change(own, code or ""))

    def _keep_asked(self) -> Callable[[Staff, str], OwnView]:
        asked = self.lister.choice.asked or feed.Asked("")
        return lambda me, name: feed.keep_view(me, name, asked)

    def _change(self, own: OwnView, code: str) -> None:
        if code == "keep":
            self._ask_name("Guardar como otra vista", self._keep_asked())
        elif code == "rename":
            self._typed_name["nombre"] = own.name
            self._ask_name(f"Cambiar el nombre de «{own.name}»", lambda me, name: feed.rename_view(me, own.id, name))
        elif code == "drop":
            change(self, "drop view", lambda me: feed.drop_view(me, own.id), lambda _: self._dropped(own))

    def _ask_name(self, heading: str, send: Callable[[Staff, str], OwnView]) -> None:
        from analyst_tui.screens.form import Asking, FormScreen, Question

        kept: list[OwnView] = []
        question = Question("nombre", "Nombre de la vista", "como: Haití, kreyòl", 30)
        asking = Asking(heading, [question], lambda me, answers: kept.append(send(me, answers["nombre"])), "Vista guardada.")
        self.app.push_screen(FormScreen(asking, self._typed_name), lambda _: self._kept(kept))

    def _kept(self, kept: list[OwnView]) -> None:
        """Show the view that was just kept, and read all of them again."""
        if kept:
            self.close_search()
            self.lister.choose(self.lister.view, kept[0])
            self.read_own_views()
        else:
            self._typed_name.clear()

    def _dropped(self, own: OwnView) -> None:
        self.own_views = tuple(view for view in self.own_views if view.id != own.id)
        self.lister.choose(self.lister.view)
        self.read_own_views()
        self.say(f"Borraste la vista «{own.name}».")
