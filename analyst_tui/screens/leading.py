"""The screens to which a key leads from everywhere, each loaded when it is first wanted."""

from __future__ import annotations

from textual.screen import Screen


class Leading(Screen[None]):
    """Commands that show another screen, and nothing else."""

    def do_statistics(self) -> None:
        """Show the figures."""
        from analyst_tui.screens.statistics import StatisticsScreen

        self.app.push_screen(StatisticsScreen())

    def do_hours(self) -> None:
        """Show the hours of a day at an office."""
        from analyst_tui.screens.hours import HoursScreen

        self.app.push_screen(HoursScreen())

    def do_audit(self) -> None:
        """Show who looked at whose file."""
        from analyst_tui.screens.audit import AuditScreen

        self.app.push_screen(AuditScreen())

    def do_banners(self) -> None:
        """Show the banners."""
        from analyst_tui.screens.banners import BannersScreen

        self.app.push_screen(BannersScreen())

    def do_canned_book(self) -> None:
        """Show the canned answers."""
        from analyst_tui.screens.canned_book import CannedBookScreen

        self.app.push_screen(CannedBookScreen())
