import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from PIL import Image as Pillow
from PIL.PngImagePlugin import PngInfo

from publishing import pictures
from publishing.images import WIDTHS, Image
from tests.builders import make_article, make_user, published


def drawn(width=1000, height=500, mode="RGB", kind="PNG", **options):
    output = io.BytesIO()
    Pillow.new(mode, (width, height), 90).save(output, kind, **options)
    return output.getvalue()


def png_claiming(width, height):
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def animated():
    output, frames = io.BytesIO(), [Pillow.new("RGB", (20, 20), shade) for shade in ("red", "blue")]
    frames[0].save(output, "GIF", save_all=True, append_images=frames[1:])
    return output.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_picture_is_made_anew_in_the_widths_of_the_list(kind):
    picture = pictures.decode(drawn(kind=kind), WIDTHS)
    assert (picture.width, picture.height, sorted(picture.renditions)) == (1000, 500, [480, 960, 1000])
    for width, data in picture.renditions.items():
        made = Pillow.open(io.BytesIO(data))
        assert (made.format, made.size) == ("WEBP", (width, width // 2))


def test_small_picture_keeps_its_size():
    assert sorted(pictures.decode(drawn(100, 50), WIDTHS).renditions) == [100]


def test_metadata_is_gone():
    exif = Pillow.Exif()
    exif[0x010E] = "a secret description"
    notes = PngInfo()
    notes.add_text("Comment", "a secret note")
    for data in (drawn(kind="JPEG", exif=exif, comment=b"a secret remark"), drawn(pnginfo=notes) + b"a secret tail"):
        assert all(b"secret" not in made for made in pictures.decode(data, WIDTHS).renditions.values())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a picture",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"%PDF-1.7",
        drawn()[:200],
        png_claiming(60_000, 60_000),
        animated(),
        drawn(kind="TIFF"),
    ],
    ids=["empty", "text", "svg", "pdf", "cut off", "bomb", "animated", "tiff"],
)
def test_anything_else_is_refused_with_a_sentence(data):
    with pytest.raises(ValidationError, match="cannot be used"):
        pictures.decode(data, WIDTHS)


def test_too_many_bytes_are_refused_before_decoding():
    with pytest.raises(ValidationError, match="10 MB"):
        pictures.decode(b"x" * 10_000_001, WIDTHS)


@pytest.fixture
def image(db):
    kept = Image(alternative_text="A drip", credit="Own work")
    kept.keep(pictures.decode(drawn(), WIDTHS))
    return kept


def test_picture_of_a_draft_is_for_staff_only_and_public_with_its_page(client, image):
    address = image.file_url(480)
    page = make_article(body=f'<figure data-image="{image.name}"><figcaption>A drip</figcaption></figure><p>x</p>')
    assert client.get(address).status_code == 404
    client.force_login(make_user("author"))
    response = client.get(address)
    assert response.getvalue().startswith(b"RIFF")
    assert response["Cache-Control"] == "private, no-store"
    client.logout()
    published(page)
    response = client.get(address)
    assert response.getvalue().startswith(b"RIFF")
    assert (response.status_code, response["Content-Type"]) == (200, "image/webp")
    assert "immutable" in response["Cache-Control"]
    assert client.get(image.file_url(481)).status_code == 404


def test_page_shows_the_picture_with_its_text_and_size(client, image):
    page = make_article(body=f'<p>x</p><figure data-image="{image.name}"><figcaption>A drip</figcaption></figure>')
    text = client.get(published(page).get_absolute_url()).text
    assert f'src="{image.file_url(1000)}"' in text
    assert 'alt="A drip"' in text
    assert 'width="1000" height="500"' in text


def test_database_refuses_an_image_without_alternative_text(image):
    with pytest.raises(IntegrityError), transaction.atomic():
        Image.objects.filter(pk=image.pk).update(alternative_text="")


def test_files_of_a_row_that_was_refused_are_removed(db):
    image = Image(alternative_text="", credit="")
    with pytest.raises(IntegrityError), transaction.atomic():
        image.keep(pictures.decode(drawn(), WIDTHS))
    assert not default_storage.exists(image.file_name(480))
