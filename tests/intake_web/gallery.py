"""Every page of the site in the states that people see, walked through once."""

from __future__ import annotations

from tests.harness.page import Page, Visitor
from tests.intake_web import gallery_hours
from tests.intake_web.people import BORN, NAMES, Citizen, check_ticket, folio_of, send

Pages = dict[str, Page]

TEXTS = ("/", "/privacidad", "/terminos", "/accesibilidad", "/nada", "/cuenta/creada", "/cuenta/validar/x", "/demo/correo")


def walk(stranger: Visitor, citizen: Citizen, text: str = "Hola", name: str = "María José") -> Pages:
    """All pages by a name of their own; what people type is `text`, what they are called is `name`."""
    pages = {path: stranger.get(path) for path in TEXTS}
    pages |= _sign_up(stranger, name)
    pages |= _session(stranger, text)
    pages |= _safety(citizen.visitor, text)
    pages |= _my_data(citizen.visitor, text, name)
    pages |= _ticket(citizen, text)
    pages |= gallery_hours.walk(citizen.visitor, text)
    return pages | _portal(citizen, text) | _persons(citizen, name)


def _sign_up(visitor: Visitor, name: str) -> Pages:
    start = visitor.get("/cuenta/nueva")
    pages = {"sign-up": start, "sign-up wrong": send(start, para_quien=name)}
    page = pages["guardian"] = send(start, para_quien="nna").follow()
    pages["guardian wrong"] = send(page, responsable=name)
    visitor.get("/cuenta/nueva")
    page = pages["names"] = send(start, para_quien="yo").follow()
    pages["names wrong"] = send(page, nombres=name, primer_apellido="", segundo_apellido=name)
    page = pages["birth"] = send(page, **NAMES).follow()
    pages["birth wrong"] = send(page, nacimiento_dia=name, pais="zz")
    page = pages["e-mail"] = send(page, **BORN).follow()
    pages["e-mail wrong"] = send(page, correo=name, correo2=name)
    page = pages["check"] = send(page, correo="a@correo.example", correo2="a@correo.example").follow()
    pages["check wrong"] = send(page, clave="corta", clave2=name)
    return pages


def _session(visitor: Visitor, text: str) -> Pages:
    page = visitor.get("/ingreso")
    again = visitor.get("/cuenta/reenviar")
    return {
        "sign-in": page,
        "sign-in wrong": send(page, correo=text, clave=text),
        "resend": again,
        "resend wrong": send(again, correo=text),
        "stale": visitor.post("/ingreso", {"correo": text, "clave": text, "siguiente": text}),
    }


def _safety(visitor: Visitor, text: str) -> Pages:
    forgotten = visitor.get("/clave/olvidada")
    password, address = visitor.get("/cuenta/seguridad/clave"), visitor.get("/cuenta/seguridad/correo")
    return {
        "forgotten": forgotten,
        "forgotten wrong": send(forgotten, correo=text),
        "safety": visitor.get("/cuenta/seguridad"),
        "password": password,
        "password wrong": send(password, clave_actual=text, clave=text, clave2=text),
        "address": address,
        "address wrong": send(address, correo=text, clave_actual=text),
        "password link": visitor.get("/clave/nueva/x"),
        "address link": visitor.get("/cuenta/correo/x"),
    }


def _my_data(visitor: Visitor, text: str, name: str) -> Pages:
    first = visitor.get("/mis-datos")
    correct = visitor.get("/mis-datos/corregir/" + first.text.split("/mis-datos/corregir/")[1].split('"')[0])
    ask = visitor.get("/mis-datos/pedir")
    asked = send(ask, derecho="acceso", texto=f"Hola {text}").follow()
    return {
        "my data": first,
        "correct": correct,
        "correct wrong": send(correct, nombres="", segundo_apellido=name, nacimiento_dia=text, pais=text),
        "ask": ask,
        "ask wrong": send(ask, derecho=text, texto=text),
        "my data asked": asked,
    }


def _ticket(citizen: Citizen, text: str) -> Pages:
    visitor = citizen.visitor
    start = visitor.get("/ticket/nuevo")
    pages = {"portal empty": visitor.get("/portal"), "tipo": start, "tipo wrong": send(start, tipo=text)}
    page = pages["materia"] = send(start, tipo="consulta").follow()
    pages["materia wrong"] = send(page, materia=text)
    pages["referred"] = send(send(page, materia="rc").follow(), categoria="rc-clave").follow()
    page = pages["categoria"] = send(visitor.get("/ticket/nuevo/materia"), materia="rt").follow()
    pages["categoria wrong"] = send(page, categoria=text)
    page = pages["details"] = send(page, categoria="rt-rechazo").follow()
    pages["details wrong"] = send(page, texto=text, tramite_id=text, fecha_notificacion=text, region=text)
    pages["start again"] = visitor.get("/ticket/nuevo")
    pages |= _draft(visitor, text)
    stale = visitor.get("/ticket/nuevo/detalle")
    page = pages["check ticket"] = check_ticket(visitor, f"Hola {text}", tramite_id=f"ID {text[:50]}")
    folio = folio_of(send(page))
    page = pages["ticket"] = visitor.get(f"/ticket/{folio}")
    send(page, texto=f"Hola {text}")
    pages["ticket wrong"] = send(page, texto="", llave="otra")
    pages["conflict"] = visitor.get("/ticket/nuevo")
    pages["conflict with a draft"] = send(stale, sin_tramite="si", texto=f"Otra cosa {text}")
    page = pages["notice"] = visitor.get(f"/ticket/{folio}/plazo")
    pages["notice wrong"] = send(page, plazo_de=text, fecha_notificacion=text)
    pages["notice told"] = send(page, plazo_de="rt-rechazo", fecha_notificacion="19-11-2026").follow()
    pages["withdraw for another"] = visitor.get(f"/ticket/{folio}/desistir?otra=si")
    pages["withdraw"] = visitor.get(f"/ticket/{folio}/desistir")
    pages["portal"] = visitor.get("/portal")
    pages["letter"] = visitor.get("/portal/cartas/" + pages["portal"].text.split("/portal/cartas/")[1].split('"')[0])
    send(pages["withdraw"])
    pages["withdrawn"] = visitor.get(f"/ticket/{folio}")
    return pages


def _draft(visitor: Visitor, text: str) -> Pages:
    """A ticket that is being written: solved beforehand, in two windows, thrown away or not."""
    one, other = visitor.get("/ticket/nuevo/detalle"), visitor.get("/ticket/nuevo/detalle")
    filled = {"sin_tramite": "si", "fecha_notificacion": "19-11-2026"}
    send(one, **filled, texto=f"Uno {text}")
    pages = {"two windows": send(other, **filled, texto=f"Dos {text}"), "drop": visitor.get("/ticket/nuevo/borrar")}
    send(visitor.get("/ticket/nuevo/materia"), materia="cu")
    send(visitor.get("/ticket/nuevo/categoria"), categoria="cu-datos")
    pages["solved"] = visitor.get("/ticket/nuevo/resuelto")
    return pages


def _portal(citizen: Citizen, text: str) -> Pages:
    visitor = citizen.visitor
    confirm = visitor.get("/tramites/cert-pd/iniciar")
    begun = send(confirm).location
    return {
        "letters": visitor.get("/portal/cartas"),
        "tickets": visitor.get("/portal/tickets"),
        "procedures": visitor.get("/tramites"),
        "procedure": visitor.get("/tramites/rd-solicitud"),
        "procedure begin": confirm,
        "procedure begun": visitor.get(begun),
        "history": visitor.get("/portal/tramites"),
        "benefits": visitor.get("/tramites/consulta-beneficios"),
        "trámite unknown": visitor.post("/portal/tramite/ticket", {**confirm.form().fields, "id": text}),
    }


def _persons(citizen: Citizen, name: str) -> Pages:
    visitor = citizen.visitor
    pages = {"persons": visitor.get("/cuenta/personas"), "own account": visitor.get("/cuenta/entrega/x")}
    page = pages["child guardian"] = visitor.get("/cuenta/personas/nueva").follow()
    pages["child guardian wrong"] = send(page, responsable=name)
    page = pages["child names"] = send(page, relacion="madre", responsable="Rosa").follow()
    pages["child names wrong"] = send(page, nombres="", primer_apellido=name)
    page = pages["child birth"] = send(page, **NAMES).follow()
    pages["child birth wrong"] = send(page, nacimiento_dia=name, pais="zz")
    page = pages["child check"] = send(page, **{**BORN, "nacimiento_anio": "2016"}).follow()
    send(page)
    pages["persons two"] = visitor.get("/cuenta/personas")
    pages["portal two"] = visitor.get("/portal")
    page = visitor.get("/tramites/cert-pd/iniciar")
    pages["procedure whom wrong"] = send(page)
    return pages
