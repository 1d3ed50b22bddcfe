"""A restore equals its backup: tables, files and keys; and nothing is restored that was changed or cut off."""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg2
import pytest

from casework.embedded import Unable
from casework.embedded.backup import back_up
from casework.embedded.contents import contents
from casework.embedded.folders import Folders
from casework.embedded.postgres import APP, OWNER, Postgres
from casework.embedded.restore import restore

pytestmark = pytest.mark.long
MOMENT = datetime(2026, 11, 23, 17, 30, tzinfo=UTC)
LATER = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TABLES = """
    CREATE TABLE people (id bigserial PRIMARY KEY, name text, born date, seen timestamptz, weight numeric(6, 2));
    CREATE TABLE ledger (id bigserial PRIMARY KEY, what jsonb, digest bytea);
    CREATE TABLE cache (cache_key text, value text);
    GRANT SELECT, INSERT ON ledger TO casework_app;
    GRANT USAGE ON SEQUENCE ledger_id_seq TO casework_app;
    INSERT INTO people (name, born, seen, weight)
        SELECT 'နော်ဖောဝါး ' || n, DATE '2016-01-01' + n, '2026-11-23 10:00+07', n / 7.0 FROM generate_series(1, 500) n;
    INSERT INTO ledger (what, digest) SELECT jsonb_build_object('row', n), decode(md5(n::text), 'hex')
        FROM generate_series(1, 300) n;
    INSERT INTO cache VALUES ('k', 'v');
"""


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of one test; the addresses that the test run was given are out of the way."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
    with folder() as place:
        monkeypatch.setenv("CASEWORK_VAR", str(place / "site"))
        yield place


@pytest.fixture(scope="module")
def made() -> Iterator[Path]:
    """A site with rows, an attachment and its secret key, which each test copies; its server is down."""
    with folder() as place:
        folders = Folders("site", place / "site")
        folders.create()
        with opened(folders) as database, database.cursor() as cursor:
            cursor.execute(TABLES)
        (folders.files / "2026").mkdir()
        (folders.files / "2026" / "scan.pdf").write_bytes(b"%PDF-1.7 scan" * 1000)
        (folders.files / "lists").mkdir()
        (folders.files / "lists" / "kept_for_a_day").write_bytes(b"names of children")
        (folders.keys / "secret_key").write_text("the site's secret key")
        yield folders.root


@pytest.fixture
def site(home: Path, made: Path) -> Folders:
    """The test's own copy of the site, with the owners of its files."""
    subprocess.run(["cp", "-a", made, home / "site"], check=True)
    return Folders.of("site")


@contextlib.contextmanager
def folder() -> Iterator[Path]:
    """A folder that the database's user can pass through, for the length of the block."""
    with tempfile.TemporaryDirectory(prefix="casework-") as name:
        Path(name).chmod(0o711)
        yield Path(name)


@contextlib.contextmanager
def opened(folders: Folders, role: str = OWNER) -> Iterator:
    """A connection to the site's database, its server up for the length of the block."""
    postgres = Postgres.of(folders)
    with postgres.running(), contextlib.closing(psycopg2.connect(postgres.url(role))) as database, database:
        yield database


def kept_away(home: Path, folders: Folders) -> tuple[Path, Path, Path]:
    """Back up, and keep both sealed files and the key outside the site: (data, keys, backup key)."""
    data, keys = back_up(folders, MOMENT)
    shutil.copyfile(folders.keys / "backup.key", home / "backup.key")
    shutil.copyfile(data, home / data.name)
    shutil.copyfile(keys, home / keys.name)
    return home / data.name, home / keys.name, home / "backup.key"


def test_restore_equals_its_backup(home: Path, site: Folders) -> None:
    with opened(site) as database:
        before = contents(database)
    data, keys, key = kept_away(home, site)
    shutil.rmtree(site.root)

    restored = restore(data, key, LATER, keys=keys)

    with opened(restored) as database:
        assert contents(database) == before
        assert before["people"][0] == 500
    with opened(restored, APP) as database, database.cursor() as cursor:
        cursor.execute("INSERT INTO ledger (what) VALUES ('{}')")
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            cursor.execute("DELETE FROM ledger")
    assert (restored.files / "2026" / "scan.pdf").read_bytes() == b"%PDF-1.7 scan" * 1000
    assert not list(restored.files.glob("lists/*")), "what is deleted after a day is in no backup"
    assert (restored.keys / "secret_key").read_text() == "the site's secret key"


def test_backup_says_when_it_was_made_and_holds_nothing_readable(home: Path, site: Folders) -> None:
    data, keys, _ = kept_away(home, site)
    last = json.loads((site.backups / "last.json").read_text())
    assert (last["at"], last["file"], last["bytes"]) == (MOMENT.isoformat(), data.name, data.stat().st_size)
    assert b"scan.pdf" not in data.read_bytes()
    assert b"secret" not in keys.read_bytes()


def test_files_that_come_and_go_while_a_backup_is_made_do_not_stop_it(
    home: Path, site: Folders, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    for name in ("removed.pdf", "tmp1234.part"):
        (site.files / "2026" / name).write_bytes(b"%PDF-1.7")
    read = Path.read_bytes

    def read_late(path: Path) -> bytes:
        """The file that is read next is removed just before."""
        if path.name == "removed.pdf":
            path.unlink()
        return read(path)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(Path, "read_bytes", read_late)
        data, keys, key = kept_away(home, site)
    shutil.rmtree(site.root)
    restored = restore(data, key, LATER, keys=keys)

    assert [path.name for path in (restored.files / "2026").iterdir()] == ["scan.pdf"]
    assert "removed.pdf" in capsys.readouterr().err


def test_restore_over_a_site_is_refused_unless_forced(home: Path, site: Folders) -> None:
    data, _, _ = kept_away(home, site)
    key = site.keys / "backup.key"
    with pytest.raises(Unable, match="--force"):
        restore(data, key, LATER)
    restored = restore(data, key, LATER, force=True)
    assert (restored.keys / "backup.key").read_text() == (home / "backup.key").read_text()
    with opened(restored) as database, database.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people")
        assert cursor.fetchone() == (500,)
    assert (home / "site.before-20261124T090000Z" / "keys" / "secret_key").exists()


@pytest.mark.parametrize("damage", ["changed", "cut off", "another key"])
def test_damaged_backup_leaves_no_site_behind(home: Path, site: Folders, damage: str) -> None:
    data, _, key = kept_away(home, site)
    shutil.rmtree(site.root)
    content = data.read_bytes()
    if damage == "changed":
        data.write_bytes(content[:-5000] + bytes([content[-5000] ^ 1]) + content[-4999:])
    elif damage == "cut off":
        data.write_bytes(content[: len(content) // 2])
    else:
        key.write_text("A" * 43 + "=\n")
    with pytest.raises(Unable, match="changed or is not complete"):
        restore(data, key, LATER)
    assert not site.postgres.exists()
    assert not site.files.exists()
    assert not (site.keys / "secret_key").exists()


def test_a_key_that_cannot_be_read_is_told_apart_from_one_that_is_none(home: Path, site: Folders) -> None:
    data, _, key = kept_away(home, site)
    with pytest.raises(Unable, match="cannot be read: No such file"):
        restore(data, home / "elsewhere.key", LATER)
    key.write_text("no key\n")
    with pytest.raises(Unable, match="is not a backup key"):
        restore(data, key, LATER)


def test_content_sum_sees_a_single_changed_letter(site: Folders) -> None:
    with opened(site) as database, database.cursor() as cursor:
        before = contents(database)
        cursor.execute("UPDATE people SET name = name || 'x' WHERE id = 7")
        after = contents(database)
    assert {name for name in before if before[name] != after[name]} == {"people"}


def test_restore_that_fails_in_an_own_place_keeps_what_it_did_not_write(home: Path, site: Folders) -> None:
    data, _, key = kept_away(home, site)
    shutil.rmtree(site.root)
    site.create()
    (site.logs / "web.log").write_text("kept")
    content = data.read_bytes()
    data.write_bytes(content[:-20] + bytes([content[-20] ^ 1]) + content[-19:])
    with pytest.raises(Unable):
        restore(data, key, LATER)
    assert (site.logs / "web.log").read_text() == "kept"
    assert not any(path for path in site.keys.iterdir() if path.name == "secret_key")
