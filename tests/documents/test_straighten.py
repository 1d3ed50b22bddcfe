"""A paper photographed at an angle becomes a rectangle."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from casework.documents.attachments import LONGEST_SIDE, cleaned
from casework.documents.straighten import corners_from, straightened
from casework.kernel.refusals import Refusal

AROUND = ((0.2, 0.1), (0.9, 0.2), (0.8, 0.9), (0.1, 0.8))
TEXT = " ".join(f"{x},{y}" for x, y in AROUND)


def desk_with_paper(size: tuple[int, int] = (1000, 800)) -> Image.Image:
    """A dark desk and on it a white paper, askew, whose top left quarter is red."""
    image = Image.new("RGB", size, "black")
    draw = ImageDraw.Draw(image)
    points = [(x * size[0], y * size[1]) for x, y in AROUND]
    draw.polygon(points, fill="white")
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = points
    middle = (ax + bx + cx + dx) / 4, (ay + by + cy + dy) / 4
    draw.polygon([points[0], ((ax + bx) / 2, (ay + by) / 2), middle, ((ax + dx) / 2, (ay + dy) / 2)], fill="red")
    return image


def test_the_paper_fills_the_picture_and_stays_upright():
    paper = straightened(desk_with_paper(), corners_from(TEXT), longest=LONGEST_SIDE)
    width, height = paper.size
    assert 650 < width < 720 and 500 < height < 640
    for x, y in ((0.03, 0.97), (0.97, 0.03), (0.97, 0.97)):
        assert min(paper.getpixel((int(x * width), int(y * height)))) > 230, (x, y)
    assert paper.getpixel((int(width * 0.1), int(height * 0.1))) == (255, 0, 0)


def test_the_whole_picture_stays_as_it_is():
    image = Image.effect_noise((90, 60), 80).convert("RGB")
    assert straightened(image, corners_from("0,0 1,0 1,1 0,1"), longest=1600).tobytes() == image.tobytes()


def test_a_long_paper_is_kept_within_the_longest_side():
    assert max(straightened(desk_with_paper((4000, 3000)), corners_from(TEXT), longest=1600).size) == 1600


def test_a_photo_is_straightened_while_it_is_cleaned():
    out = BytesIO()
    desk_with_paper().save(out, "JPEG", quality=95)
    kept = Image.open(BytesIO(cleaned(out.getvalue(), corners_from(TEXT)).content))
    assert kept.width < 720
    assert min(kept.getpixel((kept.width - 12, kept.height - 12))) > 230


def test_no_corners_are_no_fault():
    assert corners_from("  ") is None


@pytest.mark.parametrize(
    "text",
    [
        "0,0 1,0 1,1",
        "a,b c,d e,f g,h",
        "0,0 1,0 1,1 0,2",
        "-0.1,0 1,0 1,1 0,1",
        "nan,0 1,0 1,1 0,1",
        "0,0 1e-3,0 1,1 0,1",
        "0,0 1,1 1,0 0,1",  # crossed
        "0,0 0,1 1,1 1,0",  # the other way round
        "0.5,0.5 0.51,0.5 0.51,0.51 0.5,0.51",  # a slip of the finger
        "0,0 0,0 0,0 0,0",
        "9" * 400,
    ],
)
def test_corners_that_enclose_no_paper_are_refused(text):
    with pytest.raises(Refusal) as refused:
        corners_from(text)
    assert (refused.value.code, refused.value.field) == ("E-DOC-14", "corners")
