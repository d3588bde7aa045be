"""What makes a server of ClaveÚnica's kind out of authlib: its client, its codes and tokens, its habits."""

from __future__ import annotations

import json
import secrets
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import bottle
from authlib.oauth2.rfc6749 import AuthorizationServer, ClientMixin, OAuth2Payload, OAuth2Request, ResourceProtector
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc6750 import BearerTokenGenerator, BearerTokenValidator
from authlib.oauth2.rfc9207 import IssuerParameter
from authlib.oidc.core.grants import OpenIDCode

from tests.harness.claveunica_people import CLIENT_ID, CLIENT_SECRET, PEOPLE, Someone

CODE_LASTS = 300
TOKEN_LASTS = 3600
ISSUER = "https://accounts.claveunica.example"


@dataclass
class Answer:
    """What goes back over the wire."""

    status: int
    body: str = ""
    headers: list[tuple[str, str]] = field(default_factory=list)
    location: str = ""


@dataclass
class Code:
    """An authorization code: good once, for five minutes."""

    value: str
    redirect_uri: str
    scope: str
    run: int
    issued_at: float

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> None:
        return None

    get_auth_time = get_acr = get_amr = get_nonce


@dataclass
class Token:
    """An access token."""

    run: int
    scope: str
    issued_at: float

    def get_scope(self) -> str:
        return self.scope

    def is_expired(self) -> bool:
        return time.time() - self.issued_at > TOKEN_LASTS

    def is_revoked(self) -> bool:
        return False


class Client(ClientMixin):
    """The one site that may ask: ours, which sends its secret in the body."""

    id_token_signed_response_alg = "HS256"

    def __init__(self, back: str) -> None:
        self.back = back

    def get_client_id(self) -> str:
        return CLIENT_ID

    def get_default_redirect_uri(self) -> None:
        return None

    def get_allowed_scope(self, scope: str) -> str | None:
        return scope if scope == "openid run name" else None

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri == f"{self.back}/claveunica/callback"

    def check_client_secret(self, client_secret: str) -> bool:
        return secrets.compare_digest(client_secret, CLIENT_SECRET)

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method == "client_secret_post"

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


class Payload(OAuth2Payload):
    """The parameters of a request, from its address and its body."""

    def __init__(self, values: bottle.MultiDict) -> None:
        self.values = values

    @property
    def data(self) -> Any:
        return self.values

    @property
    def datalist(self) -> Any:
        return self.values.dict


class Request(OAuth2Request):
    """Bottle's request as authlib wants it."""

    def __init__(self, request: bottle.LocalRequest) -> None:
        super().__init__(request.method, request.url, headers=request.headers)
        self._request = request
        self.payload = Payload(request.query if request.path == "/openid/authorize/" else request.forms)

    @property
    def args(self) -> Any:
        return self._request.query

    @property
    def form(self) -> Any:
        return self._request.forms


class CodeGrant(AuthorizationCodeGrant):
    """Codes that are good once."""

    def save_authorization_code(self, code: str, request: Request) -> None:
        age = CODE_LASTS + 1 if self.server.fault("authorize") == "stale" else 0
        issued_at = time.time() - age
        self.server.codes[code] = Code(code, request.payload.redirect_uri, request.scope, request.user.run, issued_at)

    def query_authorization_code(self, code: str, client: Client) -> Code | None:
        found = self.server.codes.get(code)
        return found if found and time.time() - found.issued_at <= CODE_LASTS else None

    def delete_authorization_code(self, authorization_code: Code) -> None:
        del self.server.codes[authorization_code.value]

    def authenticate_user(self, authorization_code: Code) -> Someone:
        return PEOPLE[authorization_code.run]


class IdToken(OpenIDCode):
    """The signed token that comes along."""

    def exists_nonce(self, nonce: str, request: Request) -> bool:
        return False

    def resolve_client_private_key(self, client: Client) -> str:
        return CLIENT_SECRET

    def get_client_claims(self, client: Client) -> dict[str, Any]:
        return {"iss": ISSUER}

    def generate_user_info(self, user: Someone, scope: str) -> dict[str, str]:
        return {"sub": str(user.run)}


class Issuer(IssuerParameter):
    """Names the server in every answer to the browser (RFC 9207)."""

    def get_issuer(self) -> str:
        return ISSUER


class BearerTokens(BearerTokenValidator):
    """Access tokens as they come in."""

    def __init__(self, tokens: dict[str, Token]) -> None:
        super().__init__()
        self.tokens = tokens

    def authenticate_token(self, token_string: str) -> Token | None:
        return self.tokens.get(token_string)


class Server(AuthorizationServer):
    """The service: what it has handed out, and what is wrong with it today."""

    def __init__(self, folder: Path, back: str) -> None:
        super().__init__(scopes_supported=["openid", "run", "name"])
        self.folder = folder
        self.client = Client(back)
        self.codes: dict[str, Code] = {}
        self.tokens: dict[str, Token] = {}
        self.sessions: dict[str, tuple[int, float]] = {}
        self.protector = ResourceProtector()
        self.protector.register_token_validator(BearerTokens(self.tokens))
        self.register_grant(CodeGrant, [IdToken()])
        self.register_extension(Issuer())
        generator = BearerTokenGenerator(lambda **_: secrets.token_urlsafe(24), expires_generator=TOKEN_LASTS)
        self.register_token_generator("default", generator)

    def fault(self, stage: str) -> str:
        """What goes wrong at a stage; nothing when all is well."""
        file = self.folder / "faults.json"
        return str(json.loads(file.read_text()).get(stage, "")) if file.exists() else ""

    def query_client(self, client_id: str) -> Client | None:
        return self.client if client_id == CLIENT_ID else None

    def save_token(self, token: dict[str, Any], request: Request) -> None:
        self.tokens[token["access_token"]] = Token(request.user.run, token["scope"], time.time())

    def create_oauth2_request(self, request: bottle.LocalRequest) -> Request:
        return Request(request)

    def handle_response(self, status: int, body: Any, headers: list[tuple[str, str]]) -> Answer:
        text = json.dumps(body) if isinstance(body, dict) else body
        return Answer(status, text, [pair for pair in headers if pair[0] != "Location"], dict(headers).get("Location", ""))

    def send_signal(self, name: str, *args: Any, **kwargs: Any) -> None:
        """Nobody listens."""
