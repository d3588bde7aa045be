"""Every form, and what holds everywhere."""

from __future__ import annotations

from analyst_tui.command_tables.command import ANYWHERE, FORM, Command

COMMANDS: tuple[Command, ...] = (
    Command("send", "ctrl+s", "enviar", "Envía el formulario.", FORM, hint=1),
    Command("back", "escape", "dejar", "Deja el formulario; lo escrito sigue ahí al volver.", FORM, hint=2),
    Command("hours", "h", "horas", "Las horas de un día en una oficina: quién viene, quién vino.", ANYWHERE),
    Command("banners", "b", "avisos", "Los avisos en todas las páginas: publicar, retirar.", ANYWHERE, permission="publish"),
    Command("statistics", "s", "cifras", "Las cifras del servicio.", ANYWHERE, permission="statistics", hint=10),
    Command("palette", "ctrl+p", "comandos", "Busca un comando por su nombre.", ANYWHERE, hint=11),
    Command("help", "question_mark", "teclas", "Todas las teclas de esta pantalla.", ANYWHERE, hint=12),
    Command("theme", "f2", "tema", "Pasa del tema oscuro al claro, y de ahí a uno sin colores.", ANYWHERE),
    Command("linear", "f3", "modo lineal", "Una columna y una frase por línea, para lectores de pantalla.", ANYWHERE),
    Command("tips", "f4", "consejos", "Quita los consejos de la línea de abajo, o los muestra otra vez; se recuerda.", ANYWHERE),
    Command("quit", "q", "salir", "Cierra la terminal; si hay un borrador sin guardar, pregunta.", ANYWHERE, hint=13),
)
