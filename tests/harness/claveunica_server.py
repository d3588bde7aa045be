"""An OpenID Connect server in a process of its own, with ClaveÚnica's paths, claims and habits; authlib's server side.

Usage: python -m tests.harness.claveunica_server PORT FOLDER BACK

BACK is the address of the site that people return to. What it was asked is in the folder's seen.jsonl, a line each.
It misbehaves as the folder's faults.json says, from a stage to what it does there:
authorize: `server_error` (sent back with that error), `stale` (the code is too old when it is issued), `down` (503)
token, userinfo: `hang`, `html`, `gateway` (502, HTML), `broken` (500), `list` (JSON, but a list)
userinfo: `no_role`, `one_surname`, `wrong_dv`, `no_name`, `refuse` (401)
logout: `broken`
"""

from __future__ import annotations

import json
import os
import secrets
import sys
import time
from pathlib import Path
from urllib.parse import urlencode

import bottle
import waitress
from authlib.oauth2.rfc6749.errors import OAuth2Error

from tests.harness.claveunica_people import PASSWORD, PEOPLE
from tests.harness.claveunica_provider import Answer, Request, Server

SESSION_LASTS = 60
HANGS = 30
HTML = "<!doctype html><title>Portal</title><h1>Estamos trabajando para usted</h1>"


def site(server: Server) -> bottle.Bottle:
    """The service's pages."""
    app = bottle.Bottle()
    app.route("/openid/authorize/", "GET", lambda: _seen(server) or _authorize(server))
    app.route("/openid/authorize/", "POST", lambda: _signed_in(server))
    app.route("/openid/token/", ["GET", "POST"], lambda: _seen(server) or _token(server))
    app.route("/openid/userinfo/", ["GET", "POST"], lambda: _seen(server) or _userinfo(server))
    app.route("/api/v1/accounts/app/logout", "GET", lambda: _seen(server) or _logout(server))
    return app


def _seen(server: Server) -> None:
    request = bottle.request
    line = {
        "method": request.method,
        "path": request.path,
        "query": dict(request.query),
        "form": dict(request.forms),
        "authorization": request.get_header("Authorization", ""),
    }
    with (server.folder / "seen.jsonl").open("a") as log:
        log.write(json.dumps(line) + "\n")


def _send(answer: Answer) -> bottle.HTTPResponse:
    reply = bottle.HTTPResponse(answer.body, answer.status)
    for name, value in answer.headers:
        reply.add_header(name, value)
    if answer.location:
        reply.set_header("Location", answer.location)
    return reply


def _authorize(server: Server) -> bottle.HTTPResponse:
    if server.fault("authorize") == "down":
        return bottle.HTTPResponse(HTML, 503)
    try:
        grant = server.get_consent_grant(bottle.request)
    except OAuth2Error as error:
        return bottle.HTTPResponse(f"<h1>Error</h1><p>{error.error}</p>", 400)
    if server.fault("authorize") == "server_error":
        asked = urlencode({"error": "server_error", "state": grant.request.payload.state})
        return _send(Answer(302, location=f"{grant.redirect_uri}?{asked}"))
    run, until = server.sessions.get(bottle.request.get_cookie("claveunica", ""), (0, 0.0))
    if time.time() < until:
        return _send(server.create_authorization_response(bottle.request, PEOPLE[run], grant))
    return bottle.HTTPResponse(_form(""))


def _form(words: str) -> str:
    return (
        f"<!doctype html><html lang=es><title>ClaveÚnica</title><h1>ClaveÚnica</h1><p>{words}</p><form method=post>"
        "<label>RUN <input name=run></label> <label>Clave <input name=clave type=password></label> "
        "<button>Ingresar</button> <button name=cancelar value=si>Cancelar</button></form>"
    )


def _signed_in(server: Server) -> bottle.HTTPResponse:
    typed = bottle.request.forms
    digits = "".join(c for c in typed.run if c.isdigit())[:-1]
    person = PEOPLE.get(int(digits or 0))
    if not typed.cancelar and (person is None or typed.clave != PASSWORD):
        return bottle.HTTPResponse(_form("RUN o clave incorrectos"))
    grant = server.get_consent_grant(bottle.request)
    reply = _send(server.create_authorization_response(bottle.request, None if typed.cancelar else person, grant))
    if person is not None and not typed.cancelar:
        session = secrets.token_urlsafe(16)
        server.sessions[session] = (person.run, time.time() + SESSION_LASTS)
        reply.set_cookie("claveunica", session, path="/", httponly=True)
    return reply


def _misbehaves(server: Server, stage: str) -> bottle.HTTPResponse | None:
    fault = server.fault(stage)
    if fault == "hang":
        time.sleep(HANGS)
    answers = {"html": (HTML, 200), "gateway": (HTML, 502), "broken": (HTML, 500), "list": ("[1, 2]", 200)}
    return bottle.HTTPResponse(*answers[fault]) if fault in answers else None


def _token(server: Server) -> bottle.HTTPResponse:
    return _misbehaves(server, "token") or _send(server.create_token_response(bottle.request))


def _userinfo(server: Server) -> bottle.HTTPResponse:
    wrong = _misbehaves(server, "userinfo")
    if wrong is not None:
        return wrong
    fault = server.fault("userinfo")
    if bottle.request.method != "POST" or fault == "refuse":
        return bottle.HTTPResponse('{"error": "invalid_token"}', 405 if fault != "refuse" else 401)
    try:
        token = server.protector.validate_request(["openid"], Request(bottle.request))
    except OAuth2Error as error:
        return bottle.HTTPResponse(json.dumps(dict(error.get_body())), error.status_code)
    return bottle.HTTPResponse(json.dumps(PEOPLE[token.run].claims(fault)), 200, content_type="application/json")


def _logout(server: Server) -> bottle.HTTPResponse:
    back = bottle.request.query.redirect
    if server.fault("logout") == "broken" or not back.startswith(f"{server.client.back}/"):
        return bottle.HTTPResponse(HTML, 500 if server.fault("logout") else 400)
    server.sessions.pop(bottle.request.get_cookie("claveunica", ""), None)
    return _send(Answer(302, location=back))


if __name__ == "__main__":
    port, folder, back = sys.argv[1:]
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"  # on this machine alone, to itself
    waitress.serve(site(Server(Path(folder), back)), listen=f"127.0.0.1:{port}", threads=8, _quiet=True)
