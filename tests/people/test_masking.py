"""The codes of those who are told of without a name."""

from casework.people.masking import code_of


def test_a_code_has_no_digit_that_a_spreadsheet_would_take_for_a_number():
    codes = [code_of("a list", row) for row in range(2_000)]
    assert all(len(code) == 8 and code.isascii() and code.isupper() and code.isalpha() for code in codes)
    assert codes == [code_of("a list", row) for row in range(2_000)] and len(set(codes)) > 1_990
    assert codes[0] != code_of("another list", 0)
