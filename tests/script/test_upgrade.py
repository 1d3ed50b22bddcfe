"""The newest version in one command: a backup first, and nothing after a step that failed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

UPGRADE = Path(__file__).resolve().parent.parent.parent / "script" / "upgrade"


def run(*words: str | Path, at: Path) -> subprocess.CompletedProcess[str]:
    named = ["-c", "user.name=t", "-c", "user.email=t@example.org"] if words[0] == "git" else []
    return subprocess.run([words[0], *named, *words[1:]], cwd=at, capture_output=True, text=True, check=False)


def write(folder: Path, name: str, *lines: str) -> None:
    """A step of the site that says in `done` that it was taken."""
    path = folder / "script" / name
    path.write_text("\n".join(("#!/bin/sh", f'echo "{name} $*" >> done', *lines)) + "\n")
    path.chmod(0o755)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A copy of the project that is one version behind where it came from."""
    origin = tmp_path / "origin"
    (origin / "script").mkdir(parents=True)
    (origin / ".gitignore").write_text("done\n")
    for name in ("backup", "server"):
        write(origin, name)
    shutil.copy(UPGRADE, origin / "script" / "upgrade")
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "old"], ["clone", "-q", ".", "../site"]):
        assert run("git", *words, at=origin).returncode == 0
    (origin / "script" / "upgrade").write_text("echo half of another script")
    assert run("git", "commit", "-qam", "new", at=origin).returncode == 0
    return tmp_path / "site"


def test_a_backup_is_made_before_the_new_code_and_the_start(site):
    said = run("script/upgrade", "--to", "/mnt", at=site)
    assert (said.returncode, said.stderr) == (0, "") and "To go back: git checkout" in said.stdout
    assert (site / "done").read_text().splitlines() == ["backup --to /mnt", "server --site --stop", "server --site"]
    assert run("git", "log", "-1", "--format=%s", at=site).stdout.strip() == "new"


@pytest.mark.parametrize("failing", ["backup", "code"])
def test_nothing_is_done_after_a_step_that_failed(site, failing):
    if failing == "backup":
        write(site, "backup", "exit 1")
    else:
        (site / "script" / "upgrade").write_text(UPGRADE.read_text() + "# changed here\n")
    assert run("script/upgrade", at=site).returncode != 0
    assert (site / "done").read_text().splitlines() == ["backup "]
    assert run("git", "log", "-1", "--format=%s", at=site).stdout.strip() == "old"


def test_the_newest_version_goes_on_running(site):
    run("git", "pull", "-q", at=site)
    shutil.copy(UPGRADE, site / "script" / "upgrade")
    assert "newest version already" in run("script/upgrade", at=site).stdout
    assert (site / "done").read_text().splitlines() == ["backup "]
