"""What is said about files: their names and sizes as people read them, and why one is not kept."""

from __future__ import annotations

import re

from core import dates
from core.files.views import LARGEST_FILE, MOST_FILES, TYPES
from core.language import _, noted
from core.text import clean_line, is_blank

LONGEST_NAME = 100
_MB = 1024 * 1024
_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f]')
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}\Z")


def clean_name(name: str) -> str:
    """A file's name as it is shown: the last part of any path, in any script, nothing that could lead elsewhere."""
    last = re.split(r"[/\\]", clean_line(name))[-1]
    plain = " ".join(_FORBIDDEN.sub(" ", last).split())
    ending = _ENDING.search(plain)
    tail = ending[0] if ending else ""
    stem = plain.removesuffix(tail).strip(". ")[: LONGEST_NAME - len(tail)].strip()
    return (_("archivo") if is_blank(stem) else stem) + tail


def kept_name(name: str, kind: str) -> str:
    """The same with the ending of what is kept."""
    ending = TYPES[kind][1]
    plain = clean_name(name)
    if plain.lower().endswith((ending, ".jpeg") if kind == "jpeg" else ending):
        return plain
    return _ENDING.sub("", plain) + ending


def size(count: int) -> str:
    """How much a file weighs: kilobytes while it is light."""
    if count < _MB:
        return f"{max(1, round(count / 1024))} kB"
    return f"{dates.decimal(count / _MB)} MB"


def limits() -> str:
    """What can be sent, said before anything is chosen."""
    return _(
        "Hasta {most} archivos PDF, JPEG, PNG o HEIC, de {megabytes} MB cada uno como máximo; "
        "las fotos, de hasta 50 megapíxeles. De las fotos borramos el lugar y los datos de la cámara."
    ).format(most=MOST_FILES, megabytes=LARGEST_FILE // _MB)


_REFUSALS = {
    "kind": noted("«{name}» no es un PDF ni una foto JPEG, PNG o HEIC: guárdalo como PDF o sácale una foto."),
    "hidden-pdf": noted("«{name}» trae otra cosa antes del PDF: ábrelo, guárdalo de nuevo como PDF y envía ese."),
    "empty": noted("«{name}» está vacío: elige el archivo de nuevo."),
    "large": noted("«{name}» pesa más de {megabytes} MB: envía una foto más liviana o el documento por partes."),
    "many": noted("«{name}» no se guardó: caben {most} archivos. Quita uno para enviar este."),
    "pixels": noted("«{name}» tiene más de 50 megapíxeles: envía una foto más pequeña."),
    "damaged": noted("«{name}» está incompleto o dañado: ábrelo, guárdalo de nuevo y envía ese."),
    "slow": noted("«{name}» es demasiado complicado para revisarlo: envía una foto o un PDF más simple."),
    "busy": noted("«{name}» no se guardó: hay muchas personas enviando archivos. Inténtalo de nuevo en unos minutos."),
    "room": noted("«{name}» no se guardó: en este momento no tenemos espacio. Tu texto sí quedó; inténtalo más tarde."),
    "locked": noted("«{name}» está protegido: ábrelo, imprímelo como PDF o sácale una foto, y envía eso."),
    "script": noted("«{name}» trae un programa adentro (JavaScript): imprímelo como PDF y envía ese."),
    "launch": noted("«{name}» quiere abrir otro archivo o programa: imprímelo como PDF y envía ese."),
    "embedded": noted("«{name}» trae otros archivos adentro: imprímelo como PDF y envía cada uno por separado."),
    "automatic": noted("«{name}» hace algo por sí solo al abrirse: imprímelo como PDF y envía ese."),
    "form": noted("«{name}» es un formulario que envía datos o cambia solo: imprímelo como PDF y envía ese."),
    "media": noted("«{name}» trae video o sonido: imprímelo como PDF y envía ese."),
    "infected": noted("«{name}» tiene un virus y no lo guardamos: revisa tu teléfono o computador."),
    "unchecked": noted("«{name}» no se guardó: en este momento no podemos revisarlo. Inténtalo más tarde."),
}


def refusal(name: str, why: str) -> str:
    """Why a file is not kept, and what to do, in one sentence."""
    sentence = _(_REFUSALS.get(why, _REFUSALS["damaged"]))
    return sentence.format(name=clean_name(name), megabytes=LARGEST_FILE // _MB, most=MOST_FILES)
