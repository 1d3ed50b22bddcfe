"""Every check of script/test refuses what it is there to refuse: each rule is broken once, in a copy of the project."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.long
PROJECT = Path(__file__).resolve().parent.parent.parent
PROGRAMS = Path(sys.executable).parent
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "var", "node_modules", "test-results", ".*_cache", "__pycache__", "tests", "secrets"
)
SITE = {
    "CASEWORK_MODE": "site",
    "SECRET_KEY": "a-key-of-fifty-letters-and-more-that-only-this-test-uses-0123456789",
}
MANAGE = [sys.executable, "manage.py"]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as it is, to be broken."""
    return Path(shutil.copytree(PROJECT, tmp_path_factory.mktemp("copy") / "project", ignore=LEFT_OUT))


def run(copy: Path, command: list[str], environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run a check in the copy."""
    told = {**os.environ, "CASEWORK_MODE": "test", **(environment or {}), "PATH": f"{PROGRAMS}:{os.environ['PATH']}"}
    told["PYTHONDONTWRITEBYTECODE"] = "1"  # what is broken and mended within a second is read anew
    told.pop("DJANGO_SETTINGS_MODULE", None)  # the one of these tests; the mode chooses
    return subprocess.run(command, cwd=copy, env=told, capture_output=True, text=True)


def appended(path: str, text: str) -> Callable[[Path], None]:
    """Break a rule by adding lines to the end of a file."""

    def do(copy: Path) -> None:
        with (copy / path).open("a", encoding="utf-8") as handle:
            handle.write(text)

    return do


def replaced(path: str, old: str, new: str) -> Callable[[Path], None]:
    """Break a rule by changing words in a file."""

    def do(copy: Path) -> None:
        text = (copy / path).read_text(encoding="utf-8")
        assert old in text
        (copy / path).write_text(text.replace(old, new, 1), encoding="utf-8")

    return do


def written(path: str, text: str) -> Callable[[Path], None]:
    """Break a rule by a new file."""

    def do(copy: Path) -> None:
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        (copy / path).write_text(text, encoding="utf-8")

    return do


MOVES, KERNEL = "casework/kernel/moves.py", ["casework/kernel/guards.py"]
CATALOGUE = (
    'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n#, python-format\nmsgid "%(n)s"\nmsgstr "%(m)s"\n'
)
BROKEN = {
    "unused name": (["ruff", "check", *KERNEL], appended(KERNEL[0], "\nimport os\n"), {}),
    "untidy line": (["ruff", "format", "--check", *KERNEL], appended(KERNEL[0], "\nx  =  1\n"), {}),
    "a lower room imports a higher one": (
        ["lint-imports"],
        appended(KERNEL[0], "\nfrom casework.cases import models\n"),
        {},
    ),
    "the house imports a programme": (
        ["lint-imports"],
        appended("casework/home/health.py", "\nimport registration.models\n"),
        {},
    ),
    "a second module renders PDF": (
        ["lint-imports"],
        appended("casework/home/health.py", "\nimport weasyprint\n"),
        {},
    ),
    "a function without types": (
        ["mypy", *KERNEL, "--follow-imports=silent"],
        appended(KERNEL[0], "\n\ndef wrong(x):\n    return x\n"),
        {},
    ),
    "an image without words": (
        ["djlint", "templates/broken.html", "--lint", "--quiet"],
        written("templates/broken.html", '<div class="a" class="b"></div>\n'),
        {},
    ),
    "a template out of shape": (
        ["djlint", "templates/broken.html", "--check", "--quiet"],
        written("templates/broken.html", "<ul><li>a</li>\n      <li>b</li></ul>\n"),
        {},
    ),
    "a view without a policy": (
        [*MANAGE, "check", "--fail-level", "WARNING"],
        appended("casework/urls.py", '\nurlpatterns += [path("open", lambda request: None, name="open")]\n'),
        {},
    ),
    "cookies over plain HTTP": (
        [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"],
        appended("casework/settings/site.py", "\nSESSION_COOKIE_SECURE = False\n"),
        SITE,
    ),
    "a model without its migration": (
        [*MANAGE, "makemigrations", "--check", "--dry-run"],
        replaced("casework/notifications/models.py", "max_length=40, unique=True", "max_length=41, unique=True"),
        {},
    ),
    "a translation that lost its placeholder": (
        [sys.executable, "-m", "casework.embedded.messages", "--check"],
        written("locale/xx/LC_MESSAGES/django.po", CATALOGUE),
        {},
    ),
}


@pytest.mark.parametrize("rule", BROKEN)
def test_check_refuses_what_breaks_its_rule(copy: Path, rule: str) -> None:
    command, break_it, environment = BROKEN[rule]
    before = {path: path.read_bytes() for path in files(copy)}
    try:
        break_it(copy)
        broken = run(copy, command, environment)
    finally:
        for path in files(copy):
            if path not in before:
                path.unlink()
            elif path.read_bytes() != before[path]:
                path.write_bytes(before[path])
    assert broken.returncode != 0, broken.stdout + broken.stderr


def files(copy: Path) -> list[Path]:
    """The files that a broken rule may touch."""
    return [
        path
        for folder in ("casework", "templates", "locale")
        for path in (copy / folder).rglob("*.*")
        if path.is_file()
    ]


@pytest.mark.parametrize(
    "rule", ["a lower room imports a higher one", "a view without a policy", "cookies over plain HTTP"]
)
def test_check_allows_the_project_as_it_is(copy: Path, rule: str) -> None:
    command, _, environment = BROKEN[rule]
    allowed = run(copy, command, environment)
    assert allowed.returncode == 0, allowed.stdout + allowed.stderr
