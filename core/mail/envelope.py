"""A letter of the outbox as a message for the mail server (RFC 5322, RFC 3834)."""

from __future__ import annotations

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from html import escape

from core import clock
from core.language import _, using
from core.mail import letters
from core.mail.models import Letter


def message_of(letter: Letter, mail_from: str, base_url: str) -> EmailMessage:
    """The message: plain text first, a small HTML alternative, one text file at most, links to our own site only."""
    message = EmailMessage(policy=SMTP)
    name, address = parseaddr(mail_from)
    message["From"] = Address(display_name=name, addr_spec=address)
    message["To"] = Address(addr_spec=letter.address)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(clock.local(letter.queued_at))
    message["Message-ID"] = letter.message_id
    message["Content-Language"] = letter.language
    if letter.thread:
        message["References"] = letter.thread
        message["In-Reply-To"] = letter.thread
    if letter.automatic:
        message["Auto-Submitted"] = "auto-generated"
        message["X-Auto-Response-Suppress"] = "All"
    message.set_content(letter.body, cte="quoted-printable")
    page = html_of(letter.body, letter.language, base_url, letters.button(letter.kind, letter.language))
    message.add_alternative(page, subtype="html", cte="quoted-printable")
    if letter.attachment is not None:
        _attach(message, letter)
    return message


def _attach(message: EmailMessage, letter: Letter) -> None:
    kind, *parameters = letter.attachment_type.split("; ")
    given = dict(parameter.split("=", 1) for parameter in parameters)
    subtype = kind.removeprefix("text/")
    message.add_attachment(letter.attachment, subtype=subtype, cte="base64", filename=letter.attachment_name, params=given)


def envelope_sender(letter: Letter, mail_from: str) -> str:
    """The address that a bounce goes to; it names the letter (VERP)."""
    local, _, domain = parseaddr(mail_from)[1].rpartition("@")
    return f"{local}+carta{letter.id}@{domain}"


def html_of(body: str, language: str, base_url: str, label: str = "") -> str:
    """The text as a small page: paragraphs, and the lines that are links of ours as links.

    With a label, a link that stands alone is a button that says so, and the same address as text.
    """
    with using(language):
        paragraphs = "".join(_paragraph(part, base_url, label) for part in body.strip().split("\n\n") if part.strip())
    style = "font:16px/1.5 system-ui,sans-serif;color:#111;max-width:36em;margin:0 auto;padding:16px;overflow-wrap:anywhere"
    return f'<!doctype html><html lang="{escape(language)}"><body style="{style}">{paragraphs}</body></html>\n'


def _paragraph(part: str, base_url: str, label: str) -> str:
    if not label or not _is_link(part, base_url):
        return f"<p>{_lines(part, base_url)}</p>"
    link, aside = escape(part), _("Si tienes problemas con el botón, copia esta dirección y pégala en tu navegador:")
    style = "display:inline-block;padding:12px 24px;border-radius:5px;background:#006fb3;color:#fff;font-weight:bold"
    return (
        f'<p style="margin:24px 0"><a href="{link}" style="{style};text-decoration:none">{escape(label)}</a></p>'
        f'<p style="font-size:14px">{escape(aside)}<br>{link}</p>'
    )


def _is_link(line: str, base_url: str) -> bool:
    return line.startswith(base_url + "/") and not any(sign.isspace() for sign in line)


def _lines(paragraph: str, base_url: str) -> str:
    return "<br>".join(_line(line, base_url) for line in paragraph.split("\n"))


def _line(line: str, base_url: str) -> str:
    """A line that is a link of ours as a link, and one that ends with such a link as a link in the words before it."""
    words, _colon, address = line.rpartition(": ")
    if not _is_link(address, base_url):
        return escape(line)
    return f'<a href="{escape(address)}" style="color:#006fb3">{escape(words or address)}</a>'
