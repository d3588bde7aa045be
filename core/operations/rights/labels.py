"""What the sections and fields of a download are called, in the reader's language."""

from __future__ import annotations

from core.language import _, noted

_TITLES = {
    "cuenta": noted("Tu cuenta"),
    "personas": noted("Personas de la cuenta"),
    "solicitudes": noted("Lo que pediste sobre tus datos"),
    "tickets": noted("Tickets"),
    "mensajes": noted("Conversaciones"),
    "borradores": noted("Tickets a medio escribir"),
    "cartas": noted("Cartas"),
    "tramites": noted("Trámites"),
    "tramites_iniciados": noted("Trámites que iniciaste en el portal"),
    "historia": noted("Lo que pasó con tus tickets"),
    "derivaciones": noted("Consultas para otro organismo"),
    "entregas": noted("Cuentas ofrecidas a quienes cumplieron 18 años"),
    "cambios_de_correo": noted("Cambios de correo"),
    "enlaces": noted("Enlaces que te enviamos"),
    "sesiones": noted("Sesiones abiertas"),
}
_LABELS = {
    "aceptada": noted("Aceptada"),
    "actualizado": noted("Actualizado"),
    "agregada": noted("Agregada"),
    "asunto": noted("Asunto"),
    "autor": noted("Autor"),
    "bloqueada": noted("Datos bloqueados desde"),
    "categoria": noted("Categoría"),
    "clase": noted("Clase"),
    "codigo": noted("Código"),
    "confirmado_correo_anterior": noted("Confirmado desde el correo anterior"),
    "confirmado_correo_nuevo": noted("Confirmado desde el correo nuevo"),
    "correo": noted("Correo"),
    "correo_nuevo": noted("Correo nuevo"),
    "creada": noted("Creada"),
    "creado": noted("Creado"),
    "de": noted("De"),
    "derecho": noted("Qué pediste"),
    "desde": noted("Desde"),
    "dispositivo": noted("Dispositivo"),
    "entregada": noted("Entregada"),
    "estado": noted("Estado"),
    "fecha": noted("Fecha"),
    "fecha_notificacion": noted("Fecha de la notificación"),
    "folio": noted("Folio"),
    "guardado": noted("Guardado"),
    "hasta": noted("Hasta"),
    "hecho": noted("Hecho"),
    "id": noted("ID"),
    "idioma": noted("Idioma"),
    "ingreso": noted("Ingreso"),
    "ingreso_legal": noted("Ingreso legal"),
    "materia": noted("Materia"),
    "nacimiento": noted("Fecha de nacimiento"),
    "nombres": noted("Nombres"),
    "notificacion": noted("Fecha de la notificación"),
    "numero": noted("Número"),
    "ofrecida": noted("Ofrecida"),
    "pais": noted("País de nacimiento"),
    "para": noted("Para"),
    "pedida": noted("Pedida"),
    "pedido": noted("Pedido"),
    "persona": noted("Número de la persona"),
    "primer_apellido": noted("Primer apellido"),
    "prorrogada": noted("Prorrogada"),
    "que": noted("Qué pasó"),
    "recordada": noted("Sesión recordada"),
    "region": noted("Región"),
    "relacion": noted("Relación"),
    "respondida": noted("Respondida"),
    "respondido": noted("Respondido"),
    "responsable": noted("Quién actúa"),
    "respuesta": noted("Respuesta"),
    "resultado": noted("Resultado"),
    "run": noted("RUN"),
    "ruta": noted("Ruta"),
    "segundo_apellido": noted("Segundo apellido"),
    "sigue_a": noted("Sigue a"),
    "sin_tramite": noted("No tiene el ID del trámite"),
    "terminado": noted("Terminado"),
    "texto": noted("Texto"),
    "tipo": noted("Tipo"),
    "titular": noted("Titular de la cuenta"),
    "tramite": noted("Trámite"),
    "tramite_id": noted("ID del trámite"),
    "ultima_vez": noted("Última vez"),
    "un_nombre": noted("Un solo nombre"),
    "usado": noted("Usado"),
    "vence": noted("Vence"),
    "verificada": noted("Verificada"),
}


def title(section: str) -> str:
    """The heading of a section."""
    return _(_TITLES[section])


def label(key: str) -> str:
    """The name of a field; its own when it has none."""
    return _(_LABELS.get(key, "")) or key
