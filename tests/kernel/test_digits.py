import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from casework.kernel.digits import (
    MOST_MARKS,
    clean_line,
    clean_text,
    to_ascii_digits,
    to_thai_digits,
    without_zero_width,
)


def test_digits_of_every_script_become_ascii() -> None:
    assert to_ascii_digits("๐๑๒๓๔๕๖๗๘๙ ၀၁၂၃၄၅၆၇၈၉ ０１２３ ០១ ໐໑") == "0123456789 0123456789 0123 01 01"


def test_letters_beside_digits_stay() -> None:
    assert to_ascii_digits("ท.ร. ๑/๑ မေ ၅") == "ท.ร. 1/1 မေ 5"
    assert to_thai_digits("ท.ร. 1/1 เลขที่ MA123 วันที่ 5") == "ท.ร. ๑/๑ เลขที่ MA123 วันที่ ๕"


@given(st.text(alphabet=st.characters(), max_size=200))
def test_digits_are_always_ascii_afterwards(text: str) -> None:
    assert not [letter for letter in to_ascii_digits(text) if letter.isdecimal() and not letter.isascii()]


def test_control_bidi_and_broken_characters_are_dropped() -> None:
    assert clean_text("Na\x00w \u202eKu\u200f\ufeff \ud83d Moo\x1b") == "Naw Ku  Moo"


def test_line_breaks_stay_in_text_and_not_in_a_line() -> None:
    assert clean_text(" one\r\ntwo ") == "one\ntwo"
    assert clean_line(" one\r\ntwo\u00a0 three ") == "one two three"


def test_zero_width_inside_is_kept_for_display_and_dropped_for_search() -> None:
    text = clean_text("\u200bမြန်\u200bမာ\u200b")
    assert text == "မြန်\u200bမာ"
    assert without_zero_width(text) == "မြန်မာ"


def test_text_is_composed() -> None:
    assert clean_text("Cafe\u0301") == "Café"


def test_a_tower_of_marks_is_cut_and_a_real_stack_is_kept() -> None:
    assert len(clean_text("ก" + "\u0e49" * 10_000)) == 1 + MOST_MARKS
    assert len(clean_text("a" + "\u0301\u0316" * 10_000)) <= 1 + MOST_MARKS
    for stack in ("ကျွန်ုပ်", "မြွှ", "ที่", "กล้ำ"):
        assert clean_text(stack) == unicodedata.normalize("NFC", stack)


@given(st.text(alphabet=st.characters(), max_size=300))
def test_cleaning_twice_changes_nothing_more_and_can_be_stored(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once
    assert "\x00" not in once
    once.encode()
