"""Of the libraries' files the site serves those a page may ask for."""

from __future__ import annotations

from casework.ui.static_files import NEVER_ASKED_FOR, LibraryFiles


def folders(ignored: list[str] | None) -> set[str]:
    return {path.split("/")[0] for path, _storage in LibraryFiles().list(ignored)}


def test_files_of_the_sign_in_are_collected() -> None:
    assert {"account", "mfa"} <= folders(None)


def test_files_that_no_page_asks_for_are_left_out() -> None:
    assert not folders([]) & set(NEVER_ASKED_FOR)


def test_what_the_command_is_told_to_ignore_is_left_out_too() -> None:
    assert "mfa" not in folders(["mfa"])
