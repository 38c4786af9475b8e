"""A link as a square that a telephone can read."""

import base64

import qrcode
from qrcode.image.svg import SvgPathImage


def square(text: str) -> str:
    """The text as a QR square: a data address for an image, in SVG."""
    drawn = qrcode.make(text, image_factory=SvgPathImage, border=2).to_string()
    return "data:image/svg+xml;base64," + base64.b64encode(drawn).decode()
