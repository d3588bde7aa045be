"""The way out: an SMTP server through yagmail's connection, or a maildir."""

from __future__ import annotations

import mailbox
import smtplib
import socket
import ssl
import threading
from contextlib import suppress
from email.message import EmailMessage
from typing import Protocol
from urllib.parse import unquote, urlsplit

import yagmail

CONNECT_SECONDS = 20
ANSWER_SECONDS = 150  # a server may take its time after the final dot (RFC 5321 4.5.3.2.6)
REPLY_SECONDS = 180  # an answer whose lines never end would keep any time-out between two of them


class ServerTrouble(Exception):
    """The server cannot take letters at all now: nothing is wrong with the letter."""


class Refused(Exception):
    """The server refused this letter for good."""


class Postponed(Exception):
    """The server asks to try this letter again later, or the line broke before it was taken."""


class Unclear(Exception):
    """The line broke after the whole letter was sent: perhaps it was taken."""


class Transport(Protocol):
    """Takes one letter at a time; raises one of the four exceptions above."""

    def send(self, message: EmailMessage, sender: str, recipient: str) -> None:
        """Hand one letter over."""

    def close(self) -> None:
        """Leave politely."""


def transport(url: str) -> Transport:
    """The way out that AYUDA_SMTP_URL names."""
    return _Maildir(url.removeprefix("maildir:")) if url.startswith("maildir:") else _Smtp(url)


class _Maildir:
    def __init__(self, path: str) -> None:
        try:
            self._box = mailbox.Maildir(path)
        except OSError as reason:
            raise ServerTrouble(str(reason)) from reason

    def send(self, message: EmailMessage, sender: str, recipient: str) -> None:
        try:
            self._box.add(mailbox.MaildirMessage(message))
        except OSError as reason:
            raise ServerTrouble(str(reason)) from reason

    def close(self) -> None:
        self._box.close()


class _Bounded(smtplib.SMTP):
    """A conversation in which every answer ends, in its time or by the line being cut."""

    def getreply(self) -> tuple[int, bytes]:
        timer = threading.Timer(REPLY_SECONDS, _cut, (self.sock,))
        timer.daemon = True
        timer.start()
        try:
            return super().getreply()
        finally:
            timer.cancel()


class _BoundedFromTheStart(_Bounded, smtplib.SMTP_SSL):
    """The same, encrypted from the first byte."""


def _cut(sock: socket.socket) -> None:
    with suppress(OSError):  # it may be gone already
        sock.shutdown(socket.SHUT_RDWR)


class _Client(yagmail.SMTP):
    @property
    def connection(self) -> type[_Bounded]:
        return _BoundedFromTheStart if self.ssl else _Bounded


class _Smtp:
    """One connection, kept open from letter to letter; opened anew when the server has closed it."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        implicit, upgraded = parts.scheme == "smtps", parts.scheme == "smtp+starttls"
        context = ssl.create_default_context() if implicit or upgraded else None
        self._client = _Client(
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            host=parts.hostname or "",
            port=parts.port or {"smtp": 25, "smtps": 465}.get(parts.scheme, 587),
            smtp_ssl=implicit,
            smtp_starttls={"context": context} if upgraded else False,
            smtp_skip_login=not parts.username,
            soft_email_validation=False,
            timeout=CONNECT_SECONDS,
            **({"context": context} if implicit else {}),
        )
        self._carried = 0
        self._open = False

    def send(self, message: EmailMessage, sender: str, recipient: str) -> None:
        fresh = not self._open
        self._connect()
        try:
            self._hand_over(message, sender, recipient)
        except Postponed:
            if fresh or not self._carried:
                raise
            self.close()  # this server takes few letters on one connection: it is not the letter's fault
            self._connect()
            self._hand_over(message, sender, recipient)
        self._carried += 1

    def close(self) -> None:
        if self._open:
            self._open = False
            with suppress(OSError, smtplib.SMTPException):  # the server may have left first
                self._client.close()

    def _connect(self) -> None:
        if self._open:
            return
        try:
            self._client.login()
            self._client.smtp.ehlo_or_helo_if_needed()
        except (OSError, smtplib.SMTPException) as reason:
            raise ServerTrouble(_without_password(reason)) from reason
        self._client.smtp.sock.settimeout(ANSWER_SECONDS)
        self._open, self._carried = True, 0

    def _hand_over(self, message: EmailMessage, sender: str, recipient: str) -> None:
        smtp = self._client.smtp
        sent = False
        try:
            _check(smtp.mail(sender))
            _check(smtp.rcpt(recipient))
            sent = True
            _check(smtp.data(message.as_bytes()))
        except smtplib.SMTPDataError as reason:
            self._reset(reason.smtp_code)
            _check((reason.smtp_code, reason.smtp_error))
        except (Postponed, Refused):
            self._reset(0)
            raise
        except (OSError, smtplib.SMTPException) as reason:
            self.close()
            raise (Unclear if sent else Postponed)(f"{type(reason).__name__}: {reason}") from reason

    def _reset(self, code: int) -> None:
        try:
            if code == 421:
                self.close()
            else:
                self._client.smtp.rset()
        except (OSError, smtplib.SMTPException):
            self.close()


def _check(answer: tuple[int, bytes | str]) -> None:
    code, words = answer
    shown = f"{code} {words.decode('utf-8', 'replace') if isinstance(words, bytes) else words}"[:300]
    if 200 <= code < 300:
        return
    raise (Refused if 500 <= code < 600 else Postponed)(shown)


def _without_password(reason: BaseException) -> str:
    if isinstance(reason, smtplib.SMTPAuthenticationError):
        return f"{reason.smtp_code}: el servidor de correo no acepta el usuario o la clave"
    return f"{type(reason).__name__}: {reason}"[:300]
