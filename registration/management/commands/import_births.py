"""Bring a register of births in from the command line: the same reading, rules and two persons as on the page."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from casework.accounts.models import Office, User
from casework.imports import queries, services
from casework.imports.checking import CheckedRow
from casework.imports.dry_run import check_book
from casework.imports.models import ImportRun
from casework.imports.reading import read_book
from casework.imports.report import report_of
from casework.imports.states import RunState
from casework.kernel.refusals import Refusal
from registration.imports.specification import BIRTH_REGISTER


class Command(BaseCommand):
    """import_births FILE [--dry-run] [--report REPORT.json] [--by USER --confirmed-by USER] [--office CODE]"""

    help = "Import a register of births from an .xlsx or .csv file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the register, .xlsx or .csv")
        parser.add_argument("--dry-run", action="store_true", help="read and check only; nothing is written")
        parser.add_argument("--report", type=Path, help="write what was understood of each row to this JSON file")
        parser.add_argument("--by", help="user name of who prepares the import")
        parser.add_argument("--confirmed-by", help="user name of the supervisor who confirms it, somebody else")
        parser.add_argument("--office", help="code of the office, such as MS; needed when there are several")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            content = options["file"].read_bytes()
        except OSError as fault:
            raise CommandError(f"{options['file']}: {fault.strerror}") from fault
        is_dry = options["dry_run"]
        by, second = (None, None) if is_dry else self._two_persons(options)
        office = self._office(options["office"]) if options["office"] or not is_dry else None
        try:
            if is_dry or options["report"]:
                self._report(self._check(content, options["file"].name, office), options["report"])
            if not is_dry:
                run = self._bring_in(content, options["file"].name, office=office, by=by, second=second)
                self._tell_end(run)
        except Refusal as refusal:
            raise CommandError("\n".join(f"{found.code}: {found.sentence}" for found in refusal.findings)) from refusal

    def _report(self, rows: Sequence[CheckedRow], path: Path | None) -> None:
        if path:
            report = json.dumps(report_of(rows), ensure_ascii=False, indent=1)
            path.write_text(report + "\n", encoding="utf-8")

    def _check(self, content: bytes, name: str, office: Office | None) -> list[CheckedRow]:
        """Judge the rows with the columns that bringing the file in would take."""
        book = read_book(content, name)
        sheets = services.sheets_of(book, BIRTH_REGISTER, office.pk if office else None, only_named=True)
        self._tell_columns(sheets)
        mappings = {sheet["name"]: queries.mapping_of(sheet) for sheet in sheets if sheet.get("columns")}
        if not mappings:
            raise CommandError("No sheet is read by its headings alone. Bring the file in on the page of imports.")
        own = office.pk if office else None
        rows = check_book(book, mappings, BIRTH_REGISTER, today=timezone.localdate(), office_id=own)
        self._tell(rows)
        return rows

    def _tell_columns(self, sheets: Sequence[Mapping[str, Any]]) -> None:
        """Say what was read as what, and what nobody will see of the file."""
        for sheet in sheets:
            if not sheet.get("columns"):
                why = "no headings" if sheet.get("is_left_out") else "its columns are to be looked at on the page"
                self.stdout.write(f"{sheet['name']}: left out, {why}")
                continue
            if sheet["is_saved"]:
                self.stdout.write(f"{sheet['name']}: read as your office read such headings before")
            for index, heading in enumerate(sheet["headings"]):
                spec = BIRTH_REGISTER.column(sheet["columns"].get(str(index), ""))
                if heading:
                    self.stdout.write(
                        f"{sheet['name']}: “{heading}” " + (f"read as {spec.label}" if spec else "left out")
                    )

    def _tell(self, rows: Sequence[CheckedRow]) -> None:
        outcomes = Counter(row.outcome for row in rows)
        self.stdout.write(
            f"{len(rows)} rows: {outcomes['import']} to import, {outcomes['duplicate']} suspected duplicates, "
            f"{outcomes['error']} refused"
        )
        for row in rows:
            for finding in row.errors:
                self.stdout.write(f"  {row.sheet}, row {row.row}: {finding.code} {finding.sentence}")

    def _bring_in(self, content: bytes, name: str, *, office: Any, by: Any, second: Any) -> ImportRun:
        now = timezone.now()
        run, is_new = services.upload(
            content=content, file_name=name, office=office, specification_key=BIRTH_REGISTER.key, by=by, now=now,
            only_named=True,
        )  # fmt: skip
        if not is_new and run.state == RunState.DONE:
            self.stdout.write(f"This file was imported on {run.imported_at:%Y-%m-%d}. Nothing was added.")
            return run
        if run.state == RunState.UPLOADED:
            run = services.request_check(run=run, by=by, now=timezone.now(), by_worker=False)
            run = services.check(run=run, today=timezone.localdate())
        if run.state == RunState.CHECKED:
            run = services.propose(run=run, by=by, now=now)
        if run.state == RunState.PROPOSED:
            run = services.confirm(run=run, by=second, now=now, by_worker=False)
        return services.run_import(run=run, now=now)

    def _tell_end(self, run: ImportRun) -> None:
        if run.state != RunState.DONE:
            raise CommandError(f"This import is in the state “{run.get_state_display()}”. Go on with it on its page.")
        facts = queries.run_facts(run)
        self.stdout.write(
            f"{facts['rows']} rows: {facts['loaded']} imported, {facts['error']} refused, "
            f"{facts['undecided']} suspected duplicates that a person decides on the page of the import."
        )

    def _two_persons(self, options: dict[str, Any]) -> tuple[User, User]:
        by, second = self._user(options["by"], "--by"), self._user(options["confirmed_by"], "--confirmed-by")
        if by == second:
            raise CommandError("--confirmed-by: who prepares an import does not confirm it. Name another person.")
        return by, second

    def _user(self, name: str | None, option: str) -> User:
        if not name:
            raise CommandError(f"{option} is needed: one person prepares an import, another confirms it.")
        user = User.objects.filter(username=name, is_active=True).first()
        if user is None:
            raise CommandError(f"{option}: there is no user “{name}”.")
        return user

    def _office(self, code: str | None) -> Office:
        offices = Office.objects.filter(is_active=True, kind="office")
        if code:
            offices = offices.filter(code=code.upper())
        found = list(offices[:2])
        if len(found) != 1:
            raise CommandError("Name the office with --office CODE." if not code else f"There is no office {code}.")
        return found[0]
