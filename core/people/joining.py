"""People whom ClaveÚnica vouches for: found by their RUN, or joined to an account once its e-mail is proven."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from peewee import IntegrityError

from core import clock, tokens
from core.database.binding import reads, writes
from core.errors import Conflict, Invalid, NotFound, Problem
from core.language import _, current
from core.mail import outbox
from core.people import accounts, applications, links, sessions, standing, throttles, visitors
from core.people.account_views import SessionGrant
from core.people.emails import canonical
from core.people.models import Account as AccountRow
from core.people.models import Link, Person
from core.people.reading import account_row, verified_row

ASKED = ("correo", "nacimiento_dia", "nacimiento_mes", "nacimiento_anio", "pais")
_CHECKED = ("correo", "nacimiento_dia", "pais")
_FORM = "claveunica-primera"
_KEPT = 2 * 3600


class NotSignedIn(Problem):
    """A sign-in with ClaveÚnica came to nothing; other ways in remain, and `onward` is where the person was going."""

    onward = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody as ClaveÚnica knows them: the number of their RUN without the check digit, and the names."""

    run: int
    given_names: str
    first_surname: str
    second_surname: str

    @property
    def shown_name(self) -> str:
        """The whole name, in the order of the document."""
        return " ".join(part for part in (self.given_names, self.first_surname, self.second_surname) if part)

    @property
    def short_name(self) -> str:
        """Enough of the name to recognise oneself in a letter to an address that is not proven."""
        first = self.given_names.partition(" ")[0]
        return f"{first} {self.first_surname[:1]}." if self.first_surname else first


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody on their first visit: who they are, and what they have typed so far."""

    identity: Identity
    typed: dict[str, str]


@writes
def arrive(visitor: str, identity: Identity, device: str = "") -> SessionGrant | None:
    """A session of the account with this RUN; without one, the person is remembered for `newcomer` and the answer is None.

    Raises `NotSignedIn` when somebody without an account comes without a name.
    """
    row = _account_with(identity.run)
    if row is not None:
        return sessions.begin(row.id, remember=False, device=device)
    if not identity.given_names:
        raise NotSignedIn(_("ClaveÚnica no nos envió tu nombre. Crea tu cuenta con tu correo y una contraseña."))
    _remember(visitor, Newcomer(identity, {}))
    return None


@reads
def newcomer(visitor: str) -> Newcomer:
    """Whoever came from ClaveÚnica in this browser and has no account yet; raises `Conflict` when it is too long ago."""
    known = visitors.read_draft(visitor, _FORM) if visitor else {}
    if not known or clock.now() - int(known["_llegada"]) > _KEPT:
        raise Conflict(_("Pasó mucho tiempo desde que ingresaste con ClaveÚnica. Vuelve a ingresar con ella."))
    return Newcomer(Identity(**json.loads(known["_identidad"])), {name: known.get(name, "") for name in ASKED})


@writes
def join(visitor: str, fields: Mapping[str, str], address: str = "") -> str:
    """Send the letter that proves the typed e-mail, and give it back in its one spelling; raises `Invalid`, `Conflict`.

    Nothing in the answer tells whether the e-mail belongs to an account.
    """
    identity = newcomer(visitor).identity
    if _account_with(identity.run) is not None:
        raise Conflict(_("Tu ClaveÚnica ya tiene una cuenta. Ingresa con ClaveÚnica para verla."))
    wrong = applications.complaints(fields, _CHECKED)
    if wrong:
        raise Invalid(wrong)
    email = canonical(fields["correo"])
    throttles.spend_letter(email, address)
    throttles.spend("claveunica_letters", str(identity.run))
    _remember(visitor, Newcomer(identity, {name: fields.get(name, "") for name in ASKED}))
    _write_letter(visitor, identity, email, fields)
    return email


@reads
def link_standing(token: str) -> tuple[links.Standing, bool]:
    """What a link is worth at this moment, and whether it opens an account that exists already."""
    worth, link = links.find("claveunica", token)
    return worth, link is not None and account_row(link.account_id).verified_at is not None


@writes
def confirm(token: str, visitor: str = "", device: str = "") -> SessionGrant | None:
    """Join the RUN to the account whose e-mail the link proves; a session in the browser that came from ClaveÚnica.

    Raises `NotFound` for a bad link, `Conflict` for a used or old one or when somebody was first.
    """
    worth, link = links.find("claveunica", token)
    if link is None:
        raise NotFound(_("Este enlace no sirve. Copia la dirección completa de la carta o pide otra."))
    if worth == "valid":
        standing.require_free(link.account_id)
    if worth != "valid" or not links.use(link):
        raise Conflict(_("Este enlace ya se usó o venció. Ingresa de nuevo con ClaveÚnica y te enviamos otro."))
    row = account_row(link.account_id)
    if row.verified_at is None:
        accounts.prove_address(row.id)
    _set_run(row, link.subject_id)
    Link.update(subject_id=None).where(Link.account == row.id, Link.purpose == "claveunica").execute()
    if not visitor or tokens.digest(visitor) != link.visitor:
        return None
    visitors.drop_draft(visitor, _FORM)
    return sessions.begin(row.id, remember=False, device=device)


@reads
def of_account(account_id: int) -> int | None:
    """The RUN that an account is joined to, or None."""
    run = account_row(account_id).run
    return None if run is None else int(run)


@writes
def bring_run(former_id: int, account_id: int) -> None:
    """Let ClaveÚnica open another account of the same person; raises `Conflict` when that one has a RUN of its own."""
    run = of_account(former_id)
    if run is None:
        return
    if of_account(account_id) not in (None, run):
        raise Conflict("Esa cuenta está unida a otra ClaveÚnica: es de otra persona.")
    AccountRow.update(run=None).where(AccountRow.id == former_id).execute()
    AccountRow.update(run=run).where(AccountRow.id == account_id).execute()


def _account_with(run: int) -> AccountRow | None:
    return AccountRow.get_or_none(AccountRow.run == run, AccountRow.verified_at.is_null(False), AccountRow.erased_at.is_null())


def _remember(visitor: str, somebody: Newcomer) -> None:
    known = {"_identidad": json.dumps(asdict(somebody.identity), ensure_ascii=False), "_llegada": str(clock.now())}
    visitors.save_draft(visitor, _FORM, known | somebody.typed)


def _write_letter(visitor: str, identity: Identity, email: str, fields: Mapping[str, str]) -> None:
    """One letter whatever is known of the address: to make an account, to open one that exists, or to say that it cannot be."""
    row = verified_row(email)
    if row is not None and row.run is not None:
        outbox.write("claveunica-taken", address=email, language=row.language, account_id=row.id, link=outbox.link("/ingreso"))
        return
    kind = "claveunica-new" if row is None else "claveunica-link"
    account_id = _new_account(identity, email, fields) if row is None else row.id
    token = links.create("claveunica", account_id, tokens.digest(visitor), subject_id=identity.run)
    outbox.write(
        kind,
        address=email,
        language=current() if row is None else row.language,
        account_id=account_id,
        link=outbox.link(f"/claveunica/correo/{token}"),
        name=identity.short_name,
    )


def _new_account(identity: Identity, email: str, fields: Mapping[str, str]) -> int:
    now = clock.now()
    account_id = AccountRow.insert(email=email, language=current(), created_at=now).execute()
    names = {
        "nombres": identity.given_names,
        "primer_apellido": identity.first_surname,
        "segundo_apellido": identity.second_surname,
        "un_nombre": "" if identity.first_surname else "si",
    }
    columns = applications.person_columns({**fields, **names, "para_quien": "yo"})
    Person.insert(account=account_id, is_holder=True, created_at=now, **columns).execute()
    return int(account_id)


def _set_run(row: AccountRow, run: int) -> None:
    if row.run not in (None, run):
        raise Conflict(_("Esta cuenta ya está unida a otra ClaveÚnica. Ingresa con ella o con tu contraseña."))
    try:
        AccountRow.update(run=run).where(AccountRow.id == row.id).execute()
    except IntegrityError as reason:
        raise Conflict(_("Tu ClaveÚnica ya está unida a otra cuenta. Ingresa con ClaveÚnica para verla.")) from reason
