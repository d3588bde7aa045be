"""Pictures, written anew: what is seen stays, and nothing else that came with it."""

from __future__ import annotations

from contextlib import suppress
from typing import BinaryIO

from PIL import Image, ImageColor, ImageOps, ImagePalette, MpoImagePlugin, TiffImagePlugin

from core.files.child.main import Look, Unfit
from core.files.views import MOST_PIXELS

_QUALITY = 87
_PLUGINS = {"jpeg": ("JPEG", "MPO"), "png": ("PNG",), "heic": ("HEIF",)}
_LOADED = (ImageColor, ImagePalette, MpoImagePlugin, TiffImagePlugin)
"""Pillow imports these only when a picture asks for them: too late here."""


def rewriter(kind: str) -> Look:
    """What writes pictures of this kind anew."""
    Image.preinit()
    Image.MAX_IMAGE_PIXELS = None  # we count them ourselves
    if kind == "heic":
        import pillow_heif

        pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, decode_threads=1)

    def rewrite(source: BinaryIO, target: BinaryIO) -> dict[str, str]:
        with Image.open(source, formats=_PLUGINS[kind]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Unfit("pixels")
            return {"kind": _write(_upright(picture), target, "png" if kind == "png" else "jpeg")}

    return rewrite


def _upright(picture: Image.Image) -> Image.Image:
    """Turned as its camera was held."""
    picture.seek(0)
    picture.load()
    with suppress(Exception):  # a broken mark of the camera turns nothing
        ImageOps.exif_transpose(picture, in_place=True)
    return picture


def _write(picture: Image.Image, target: BinaryIO, kind: str) -> str:
    kept = {name: value for name, value in picture.info.items() if name == "transparency" and kind == "png"}
    picture.info.clear()
    picture.info.update(kept)
    if kind == "png":
        picture.save(target, "PNG", compress_level=3)
    else:
        (picture if picture.mode in ("L", "RGB") else _opaque(picture)).save(target, "JPEG", quality=_QUALITY)
    return kind


def _opaque(picture: Image.Image) -> Image.Image:
    """On white paper, where it let something shine through."""
    if "A" not in picture.mode:
        return picture.convert("RGB")
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture.convert("RGB"), mask=picture.getchannel("A"))
    return paper
