"""Uploaded pictures are decoded and made anew in a child process limited in time and memory.

Nothing of the original bytes is kept: no metadata, no trailing data, no animation. Run as a module it is that child:
picture bytes on standard input, a JSON line and the renditions on standard output.
"""

import io
import json
import resource
import struct
import subprocess
import sys
import warnings
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MAXIMUM_BYTES = 10_000_000
MAXIMUM_PIXELS = 25_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
SECONDS = 10
MEMORY = 700_000_000


@dataclass(frozen=True)
class Picture:
    """A decoded picture: its size in pixels, and WebP bytes by width."""

    width: int
    height: int
    renditions: dict[int, bytes]


def decode(data: bytes, widths: tuple[int, ...]) -> Picture:
    """Raises ValidationError, with a sentence for the person who uploads, for anything but one ordinary picture."""
    if len(data) > MAXIMUM_BYTES:
        raise ValidationError(_("The picture is larger than 10 MB. Make it smaller and try again."), code="too-large")
    try:
        child = subprocess.run(
            [sys.executable, "-m", "publishing.pictures", *map(str, widths)],
            input=data,
            capture_output=True,
            timeout=SECONDS + 5,
            cwd=settings.BASE_DIR,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _refusal() from None
    if child.returncode != 0:
        raise _refusal()
    return _unpack(child.stdout)


def _refusal() -> ValidationError:
    return ValidationError(
        _("This file cannot be used. Upload a JPEG, PNG, WebP or GIF picture, not animated, of at most 25 megapixels."),
        code="not-a-picture",
    )


def _pack(picture: Picture) -> bytes:
    head = json.dumps([picture.width, picture.height, {width: len(data) for width, data in picture.renditions.items()}])
    return struct.pack(">I", len(head)) + head.encode() + b"".join(picture.renditions.values())


def _unpack(packed: bytes) -> Picture:
    start = 4 + struct.unpack(">I", packed[:4])[0]
    width, height, sizes = json.loads(packed[4:start])
    renditions = {}
    for rendition_width, size in sizes.items():
        renditions[int(rendition_width)] = packed[start : start + size]
        start += size
    return Picture(width, height, renditions)


def _remake(data: bytes, widths: list[int]) -> Picture:
    from PIL import Image, ImageOps  # noqa: PLC0415 (only the child loads the decoder)

    Image.MAX_IMAGE_PIXELS = MAXIMUM_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    opened = Image.open(io.BytesIO(data), formats=FORMATS)
    if getattr(opened, "n_frames", 1) != 1:
        raise ValueError("animated")
    turned = ImageOps.exif_transpose(opened)
    plain = turned.convert("RGBA" if "A" in turned.getbands() or "transparency" in turned.info else "RGB")
    wanted = [width for width in widths if width < plain.width]
    largest = min(plain.width, max(widths))
    renditions = {width: _as_webp(plain, width) for width in sorted({*wanted, largest})}
    return Picture(largest, max(1, round(plain.height * largest / plain.width)), renditions)


def _as_webp(picture, width: int) -> bytes:
    height = max(1, round(picture.height * width / picture.width))
    output = io.BytesIO()
    picture.resize((width, height)).save(output, "WEBP", quality=82, method=4)
    return output.getvalue()


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    data = sys.stdin.buffer.read(MAXIMUM_BYTES + 1)
    sys.stdout.buffer.write(_pack(_remake(data, [int(width) for width in sys.argv[1:]])))


if __name__ == "__main__":
    main()
