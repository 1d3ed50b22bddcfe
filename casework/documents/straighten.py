"""Straighten a photographed paper: what lies between its four corners becomes a rectangle."""

from __future__ import annotations

import math
import re

from django.utils.translation import gettext_lazy as _
from PIL import Image

from casework.kernel.refusals import Refusal

Point = tuple[float, float]
Corners = tuple[Point, Point, Point, Point]
"""Top left, top right, bottom right, bottom left, as parts of the picture's width and height from 0 to 1."""

SMALLEST_PART = 0.02
"""Of the picture; less is a slip of the finger, not a paper."""
_NUMBERS = re.compile(r"-?\d(?:\.\d{1,12})?", re.ASCII)

NO_PAPER = _("The four corners do not enclose a paper. Put one corner on each corner of the paper.")


def corners_from(text: str) -> Corners | None:
    """Read "x,y x,y x,y x,y"; None for nothing. Raises Refusal E-DOC-14 unless they go around a paper in order."""
    if not text.strip():
        return None
    words = text.replace(",", " ").split()
    if len(words) != 8 or not all(_NUMBERS.fullmatch(word) for word in words):
        raise Refusal("E-DOC-14", "corners", NO_PAPER)
    numbers = [float(word) for word in words]
    first, second, third, fourth = zip(numbers[::2], numbers[1::2], strict=True)
    corners = (first, second, third, fourth)
    if not all(0 <= number <= 1 for number in numbers) or not _goes_around(corners):
        raise Refusal("E-DOC-14", "corners", NO_PAPER)
    return corners


def _goes_around(corners: Corners) -> bool:
    """Whether the corners turn right four times and enclose enough."""
    turns = [_turn(corners[i], corners[(i + 1) % 4], corners[(i + 2) % 4]) for i in range(4)]
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(corners, (*corners[1:], corners[0]), strict=True)) / 2
    return min(turns) > 0 and area >= SMALLEST_PART


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])


def straightened(image: Image.Image, corners: Corners, *, longest: int) -> Image.Image:
    """The paper between the corners, as wide and high as its longer edges, at most `longest` pixels long."""
    around = [(x * image.width, y * image.height) for x, y in corners]
    top_left, top_right, bottom_right, bottom_left = around
    width = max(math.dist(top_left, top_right), math.dist(bottom_left, bottom_right))
    height = max(math.dist(top_left, bottom_left), math.dist(top_right, bottom_right))
    scale = min(1.0, longest / max(width, height))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    target = [(0, 0), (size[0], 0), size, (0, size[1])]
    return image.transform(
        size, Image.Transform.PERSPECTIVE, _coefficients(target, around), Image.Resampling.BICUBIC, fillcolor="white"
    )


def _coefficients(target: list[tuple[int, int]], source: list[Point]) -> list[float]:
    """The eight numbers by which Pillow finds, for each point of the target, its point of the source."""
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(target, source, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    return _solved(rows)


def _solved(rows: list[list[float]]) -> list[float]:
    """Solve linear equations, each a row that ends with its right side, by elimination with the largest pivot."""
    count = len(rows)
    for column in range(count):
        pivot = max(range(column, count), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [value / rows[column][column] for value in rows[column]]
        for row in range(count):
            if row != column:
                factor = rows[row][column]
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[column], strict=True)]
    return [row[-1] for row in rows]
