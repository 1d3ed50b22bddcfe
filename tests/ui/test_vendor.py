"""Vendored files: what is there is what the manifest says, and pages stay light."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
VENDOR = ROOT / "static" / "vendor"


def check(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, ROOT / "script" / "vendor", "--check", "--folder", folder],
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(VENDOR, tmp_path / "vendor"))


def test_what_is_committed_is_in_order(folder: Path) -> None:
    assert check(folder).returncode == 0


def test_a_changed_file_is_found(folder: Path) -> None:
    (folder / "icons" / "sprite.svg").write_text("<svg/>")
    result = check(folder)
    assert result.returncode == 1
    assert "icons/sprite.svg differs" in result.stderr


def test_a_missing_file_is_found(folder: Path) -> None:
    (folder / "htmx" / "htmx.min.js").unlink()
    assert "htmx/htmx.min.js is missing" in check(folder).stderr


def test_a_file_nobody_listed_is_found(folder: Path) -> None:
    (folder / "tracker.js").write_text("x")
    assert "tracker.js is not in the manifest" in check(folder).stderr


def test_a_licence_we_do_not_take_is_found(folder: Path) -> None:
    manifest = json.loads((folder / "MANIFEST.json").read_text())
    manifest["files"][0]["licence"] = "UNLICENSED"
    (folder / "MANIFEST.json").write_text(json.dumps(manifest))
    assert "UNLICENSED" in check(folder).stderr


def test_every_package_has_its_licence_text() -> None:
    manifest = json.loads((VENDOR / "MANIFEST.json").read_text())["files"]
    packages = {entry["package"] for entry in manifest}
    covered = {entry["package"] for entry in manifest if entry["file"].startswith("licences/")}
    assert packages == covered


@pytest.mark.parametrize("path", ["package-lock.json", "static/vendor/MANIFEST.json"])
def test_no_download_address_is_kept(path: str) -> None:
    text = (ROOT / path).read_text()
    assert '"resolved"' not in text
    assert ".tgz" not in text


def compressed(*paths: str) -> int:
    return sum(len(gzip.compress((ROOT / "static" / path).read_bytes(), 9)) for path in paths)


@pytest.mark.parametrize(
    ("paths", "budget"),
    [
        (("kit/kit.css", "kit/charts.css"), 15_000),
        (("kit/kit.js", "vendor/htmx/htmx.min.js"), 40_000),
        (("vendor/icons/sprite.svg",), 8_000),
    ],
)
def test_styles_scripts_and_icons_stay_in_their_budget(paths: tuple[str, ...], budget: int) -> None:
    assert compressed(*paths) <= budget


def test_fonts_stay_in_their_budget() -> None:
    thai = sum(p.stat().st_size for p in (VENDOR / "fonts").glob("*thai-looped*"))
    burmese = (VENDOR / "fonts" / "noto-sans-myanmar-myanmar-400-normal.woff2").stat().st_size
    assert thai <= 50_000
    assert thai + burmese <= 95_000


def test_the_stylesheet_names_only_files_that_exist() -> None:
    css = (ROOT / "static" / "kit" / "kit.css").read_text()
    named = re.findall(r'url\("(\.\./[^"]+)"\)', css)
    assert named
    assert [name for name in named if not (ROOT / "static" / "kit" / name).resolve().is_file()] == []
