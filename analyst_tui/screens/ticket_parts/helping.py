"""Help while writing: canned answers, holes, the letter as it will look, and what the gate found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from analyst_tui.background import ask
from analyst_tui.outgoing import NOTE
from analyst_tui.screens.ticket_parts.composing import Composing
from analyst_tui.widgets.writing import Writing
from core.canned import reading
from core.canned.views import Canned
from core.canned.wording import HOLE, next_hole
from core.errors import Problem
from core.language import LANGUAGES
from core.tickets.answers.views import LetterPreview
from core.tickets.views import Finding, Overruled


class Helping(Composing):
    """Puts canned answers into the text, shows its letter, and asks for a reason at the gate."""

    def why_not(self, command_id: str) -> str:
        if command_id in ("canned", "next_hole", "letter"):
            if self.writing is None:
                return "No estás escribiendo nada."
            if self.writing.sending:
                return "Ya se está enviando."
            if command_id == "letter" and self.writing.kind == NOTE:
                return "Una nota interna no es una carta: la persona no la ve."
        return super().why_not(command_id)

    def do_canned(self) -> None:
        ask(self, "canned", reading.answers, self._find_canned, leads=True)

    def _find_canned(self, answers: tuple[Canned, ...]) -> None:
        from analyst_tui.screens.canned_finder import CannedFinder

        if not answers:
            self.say("Todavía no hay respuestas tipo: se cargan con ayuda init.")
            return
        self.app.push_screen(CannedFinder(answers, self.sheet, self.actor.name), self._put_canned)

    def _put_canned(self, canned: Canned | None) -> None:
        from core.tickets.answers import filling

        writing = self.writing
        if canned is None or writing is None or writing.sending:
            return
        text, spoken = filling.filled(canned.page, self.sheet, self.actor.name)
        start = writing.editor.put(text)
        writing.editor.focus()
        notes = [f"Va en español: no hay texto en {LANGUAGES[self.sheet.language]}."] if spoken != self.sheet.language else []
        if spoken in canned.page.unreviewed:
            notes.append("Traducción por revisar.")
        if hole := next_hole(text):
            writing.editor.choose(start + hole[0], start + hole[1])
            notes.append(f"{_holes(len(HOLE.findall(text)))}: escribe encima, {self.key_of('next_hole')} va al siguiente.")
        self.say(" ".join(notes) or f"«{canned.page.title}» puesta.")

    def do_next_hole(self) -> None:
        writing = self.writing
        if writing is None:
            return
        hole = next_hole(writing.editor.text, writing.editor.index)
        if hole is not None:
            writing.editor.focus()
            writing.editor.choose(*hole)
        elif writing.aside is not None:
            (writing.aside if writing.editor.has_focus else writing.editor).focus()
        else:
            self.say("No queda ningún hueco.")

    def do_letter(self) -> None:
        from core.tickets.answers import previewing

        writing, ticket_id = self.writing, self.sheet.row.id
        if writing is not None:
            kind, text = writing.kind, writing.editor.text
            aside = writing.aside.value if writing.aside is not None else ""
            ask(self, "letter", lambda me: previewing.preview(me, ticket_id, kind, text, aside), self._show_letter, leads=True)

    def _show_letter(self, letter: LetterPreview) -> None:
        from analyst_tui.screens.letter import LetterScreen

        self.app.push_screen(LetterScreen(letter))

    def _not_sent(self, problem: Problem) -> None:
        from core.tickets.answers.gate import Stopped

        writing = self.writing
        if writing is not None:
            writing.overruled = Overruled()  # a reason is good for one attempt
        if isinstance(problem, Stopped) and writing is not None and self.is_running:
            self._stopped(writing, tuple(_placed(problem.findings, writing.editor.text)))
        else:
            super()._not_sent(problem)

    def _stopped(self, writing: Writing, findings: tuple[Finding, ...]) -> None:
        from analyst_tui.screens.gate import GateScreen

        self.say(findings[0].sentence, alarm=True)
        answer = GateScreen(findings, writing.editor.text)
        self.app.push_screen(answer, lambda reason: self._overruled(writing, findings, reason or ""))

    def _overruled(self, writing: Writing, findings: tuple[Finding, ...], reason: str) -> None:
        if self.writing is not writing:
            return
        writing.editor.focus()
        if reason:
            writing.overruled = Overruled(frozenset(each.code for each in findings), reason)
            self.action_perform("send")
        else:
            self._mend(findings)

    def _mend(self, findings: tuple[Finding, ...]) -> None:
        """Let the place of the first finding be written anew."""
        place = next((each for each in findings if each.start < each.end), None)
        if place is not None and self.writing is not None:
            self.writing.editor.choose(place.start, place.end)


def _placed(findings: Iterable[Finding], text: str) -> Iterator[Finding]:
    """Findings where they stand in the editor: outer blanks, which an answer loses, count there."""
    lead = len(text) - len(text.lstrip())
    return (replace(each, start=each.start + lead, end=each.end + lead) if each.end else each for each in findings)


def _holes(count: int) -> str:
    return "Queda 1 hueco" if count == 1 else f"Quedan {count} huecos"
