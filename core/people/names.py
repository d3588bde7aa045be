"""Names as documents show them: any script, stored as typed; only what cannot be a name is refused."""

from __future__ import annotations

import re
import unicodedata

from core.language import _
from core.text import clean_line, is_blank

LONGEST = 100
_ADDRESS = re.compile(
    r"://|www\.|@|\b[\w-]+\.(?:com|cl|net|org|info|example|ru|xyz|top|io)\b|[<>{}\[\]|\\^~=*#$%+;!?]", re.IGNORECASE
)


def complaint(typed: str, required: bool = True) -> str:
    """Why a name cannot be accepted, as a sentence; empty when it can."""
    name = clean_line(typed)
    if is_blank(name):
        return _("Escribe el nombre como está en el documento.") if required or typed.strip() else ""
    if name != unicodedata.normalize("NFC", typed.strip()):
        return _("El nombre tiene caracteres que no se ven. Escríbelo de nuevo, letra por letra.")
    if len(name) > LONGEST:
        return _("Escribe el nombre en {longest} caracteres o menos.").format(longest=LONGEST)
    if not any(unicodedata.category(c).startswith("L") for c in name) or _ADDRESS.search(name):
        return _("Escribe solo el nombre, con letras, como está en el documento.")
    if sum(unicodedata.category(c).startswith("N") for c in name) > 4:
        return _("Escribe solo el nombre, con letras, como está en el documento.")
    return ""
