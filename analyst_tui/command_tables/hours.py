"""The hours of a day at an office."""

from __future__ import annotations

from analyst_tui.command_tables.command import HOURS, Command

COMMANDS: tuple[Command, ...] = (
    Command("came", "v", "vino", "La persona del cursor vino a su hora.", HOURS, hint=1),
    Command("missed", "x", "no vino", "La persona del cursor no vino.", HOURS, hint=2),
    Command("open", "enter", "abrir ticket", "Abre el ticket por el que se pidió la hora.", HOURS, hint=3),
    Command("office", "o", "oficina", "Elige otra oficina.", HOURS, hint=5),
    Command("day_before", "left", "día anterior", "Muestra el día anterior.", HOURS, hint=6),
    Command("next_day", "right", "día siguiente", "Muestra el día siguiente.", HOURS, hint=7),
    Command("today", "g", "hoy", "Vuelve al día de hoy.", HOURS, hint=8),
    Command("close_day", "c", "cerrar día", "Nadie atiende ese día: quienes tienen hora reciben una carta.", HOURS, hint=9),
    Command("open_day", "w", "reabrir día", "Vuelve a dar horas en un día cerrado.", HOURS),
    Command("refresh", "f5", "al día", "Lee el día otra vez.", HOURS),
    Command("down", "j,down", "bajar", "A la hora siguiente.", HOURS),
    Command("up", "k,up", "subir", "A la hora anterior.", HOURS),
    Command("back", "escape", "volver", "Vuelve a donde estabas.", HOURS, hint=4),
)
