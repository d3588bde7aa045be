"""The notices on every page."""

from __future__ import annotations

from analyst_tui.command_tables.command import BANNERS, Command

COMMANDS: tuple[Command, ...] = (
    Command("new", "n", "publicar", "Escribe un aviso para todas las páginas.", BANNERS, hint=1),
    Command("change_end", "e", "cambiar fin", "Cambia cuándo termina el aviso del cursor.", BANNERS, hint=2),
    Command("withdraw", "x", "retirar", "Quita ya el aviso del cursor; pide confirmarlo.", BANNERS, hint=3),
    Command("back", "escape", "volver", "Vuelve a donde estabas.", BANNERS, hint=4),
    Command("down", "j,down", "bajar", "Al aviso siguiente.", BANNERS),
    Command("up", "k,up", "subir", "Al aviso anterior.", BANNERS),
)
