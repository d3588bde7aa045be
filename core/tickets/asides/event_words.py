"""Every kind of event in words, and who does it: what a history says, and what a colleague is told has changed."""

from __future__ import annotations

from core.errors import Problem

THE_PERSON = "la persona"
BY_THE_PERSON = frozenset(
    {"abierto", "agregado", "plazo", "desistido", "segundo", "hora_reservada", "hora_cambiada", "hora_cancelada"}
)
"""Kinds of events that the person brings about."""
WORDS = {
    "abierto": "escribió el ticket",
    "agregado": "agregó información",
    "plazo": "avisó que le corre un plazo",
    "desistido": "desistió",
    "segundo": "escribió un segundo ticket",
    "asignado": "lo tomó",
    "soltado": "lo soltó",
    "nota": "dejó una nota interna",
    "mencion": "mencionó a un colega",
    "pedido": "pidió antecedentes",
    "reanudado": "el plazo siguió: la persona respondió",
    "recordado": "se le recordó a la persona lo que falta",
    "sin_antecedentes": "terminó la espera de antecedentes",
    "ampliado": "amplió el plazo",
    "vencimiento": "se contó el plazo otra vez",
    "respondido": "lo respondió",
    "devuelto": "no alcanzó a responder: su texto volvió a borrador",
    "derivado": "lo derivó",
    "advertido": "lo envió pese a una advertencia",
    "cerrado": "se cerró",
    "entregado": "lo asignó a un colega",
    "unido": "le unió otro ticket",
    "fusionado": "lo unió a otro ticket",
    "desunido": "deshizo la unión con otro ticket",
    "tanda": "lo hizo a varios a la vez",
    "archivo": "guardó una copia",
    "enlace": "hizo un enlace para bajar",
    "enlace_usado": "se usó el enlace para bajar",
    "etiqueta": "cambió una etiqueta",
    "relacionado": "lo relacionó con otro ticket",
    "separado": "lo separó de otro ticket",
    "bloqueado": "se bloquearon los datos de la persona (Ley 21.719)",
    "desbloqueado": "se desbloquearon los datos de la persona",
    "suprimido": "se suprimieron los datos de la persona (Ley 21.719)",
    "identidad": "registró que la persona demostró quién es",
    "correo_pedido": "pidió cambiar el correo de la cuenta",
    "cuenta_traida": "trajo la cuenta anterior de la persona",
    "hora_reservada": "reservó una hora",
    "hora_cambiada": "cambió su hora",
    "hora_cancelada": "canceló su hora",
    "hora_suspendida": "la oficina suspendió la hora",
    "hora_vino": "marcó que vino a su hora",
    "hora_no_vino": "marcó que no vino a su hora",
}


def who(kind: str, author: str) -> str:
    """Who brought an event about: somebody of the staff, the person, or nobody."""
    return author or (THE_PERSON if kind in BY_THE_PERSON else "")


def sentence(kind: str, author: str) -> str:
    """An event as a short sentence: «Marta lo tomó»."""
    return f"{who(kind, author)} {WORDS[kind]}".strip()


def of_copy(what: str) -> str:
    """What is taken out of a ticket, in words: a file by its number, or a paper by its code."""
    papers = {"plazo": "el plazo día por día", "historia": "la historia", "historia-json": "la historia, para programas"}
    if what not in papers and not what.isdigit():
        raise Problem("Eso no se puede sacar de un ticket.")
    return papers.get(what, f"el archivo {what}")
