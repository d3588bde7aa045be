"""A mail server in a process of its own, which misbehaves as its folder's faults.json says.

Usage: python -m tests.harness.smtp_server PORT FOLDER [starttls|smtps]

A fault is {"stage": …, "do": …, "times": n, "about": text, "after": n}: at that stage of a conversation, for commands
that contain `about`, once `after` letters went through on this connection. Stages are connect, EHLO, AUTH, MAIL, RCPT,
DATA and dot (the letter is stored) or early_dot (it is not). What it does is a reply (421 also hangs up), `drop`,
`hang`, `endless` (a reply that never ends) or `slow:SECONDS`.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import ssl
import sys
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

PASSWORD = "una clave de correo"
CERTIFICATE = Path(__file__).with_name("localhost.pem")  # self-signed: only who is told to trusts it


class FaultySMTP(SMTP):
    """One connection: a real server's, with the faults on top."""

    def __init__(self, folder: Path, numbers: itertools.count[int], tls: ssl.SSLContext | None) -> None:
        super().__init__(_Desk(), hostname="correo.example", tls_context=tls, auth_require_tls=False, authenticator=_authenticate)
        self.folder = folder
        self.numbers = numbers
        self.delivered = 0

    async def _handle_client(self) -> None:
        with (self.folder / "connections").open("a") as counter:
            counter.write("x")
        if await self._misbehave("connect"):
            return
        await super()._handle_client()

    async def smtp_EHLO(self, hostname: str) -> None:
        if not await self._misbehave("EHLO", hostname):
            await super().smtp_EHLO(hostname)

    async def smtp_AUTH(self, arg: str) -> None:
        if not await self._misbehave("AUTH", arg):
            await super().smtp_AUTH(arg)

    async def smtp_MAIL(self, arg: str | None) -> None:
        if not await self._misbehave("MAIL", arg or ""):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg: str | None) -> None:
        if not await self._misbehave("RCPT", arg or ""):
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg: str) -> None:
        if not await self._misbehave("DATA", arg or ""):
            await super().smtp_DATA(arg)

    async def accept(self, envelope: Envelope) -> str:
        """Store a letter and say so, unless a fault wants otherwise."""
        reply = await self._fault("early_dot", "")
        if reply is None:
            self._store(envelope)
            self.delivered += 1
            reply = await self._fault("dot", "")
        return reply or "250 2.0.0 accepted"

    def _store(self, envelope: Envelope) -> None:
        name = f"{next(self.numbers):06d}"
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        (self.folder / f"{name}.eml").write_bytes(content)
        about = {"sender": envelope.mail_from, "recipients": envelope.rcpt_tos}
        (self.folder / f"{name}.tmp").write_text(json.dumps(about))
        (self.folder / f"{name}.tmp").rename(self.folder / f"{name}.json")

    async def _misbehave(self, stage: str, about: str = "") -> bool:
        """Whether a fault took the place of the proper answer."""
        reply = await self._fault(stage, about)
        if reply is not None:
            await self.push(reply)
            if stage == "connect" or reply.startswith("421"):
                self._hang_up()
        return reply is not None

    async def _fault(self, stage: str, about: str) -> str | None:
        """Do what a fault says; the reply that it wants instead of the proper one."""
        action = self._wanted(stage, about)
        if action.startswith("slow:"):
            await asyncio.sleep(float(action.removeprefix("slow:")))
            return None
        if action == "hang":
            await asyncio.sleep(3600)
        if action == "drop":
            self._hang_up()
            raise ConnectionResetError
        while action == "endless":
            await self.push("250-and more")
            await asyncio.sleep(0.01)
        return action or None

    def _wanted(self, stage: str, about: str) -> str:
        file = self.folder / "faults.json"
        faults: list[dict[str, Any]] = json.loads(file.read_text()) if file.exists() else []
        for fault in faults:
            suits = fault["stage"] == stage and fault.get("about", "") in about and self.delivered >= fault.get("after", 0)
            if suits and fault.get("times", 1) > 0:
                fault["times"] = fault.get("times", 1) - 1
                file.write_text(json.dumps(faults))
                return str(fault["do"])
        return ""

    def _hang_up(self) -> None:
        if self.transport is not None:
            self.transport.close()


class _Desk:
    """Where the library hands in a letter."""

    async def handle_DATA(self, server: FaultySMTP, session: Session, envelope: Envelope) -> str:
        return await server.accept(envelope)


def _authenticate(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    valid = isinstance(data, LoginPassword) and data.password == PASSWORD.encode()
    return AuthResult(success=valid, handled=False)


async def serve(port: int, folder: Path, security: str) -> None:
    """Listen until the process ends."""
    tls = None
    if security:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(CERTIFICATE)
    offered, implicit = (None, tls) if security == "smtps" else (tls, None)
    numbers = itertools.count(1)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: FaultySMTP(folder, numbers, offered), "127.0.0.1", port, ssl=implicit)
    (folder / "ready").touch()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2]), (sys.argv[3:] or [""])[0]))
