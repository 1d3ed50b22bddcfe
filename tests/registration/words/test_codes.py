"""Every code that can stand on a paper has its words."""

import pytest

from casework.people.states import PaperType, Sex, SpokenLanguage
from registration.states import Block, InformantRelation, ItemState, LateReason, OfficeKind, Responsible, Result
from registration.words import codes


@pytest.mark.parametrize(
    ("choices", "words", "languages"),
    [
        (Sex, codes.SEXES, "en th my"),
        (SpokenLanguage, codes.LANGUAGES, "en th my"),
        (InformantRelation, codes.RELATIONS, "en th my"),
        (PaperType, codes.PAPERS, "en th my"),
        (Responsible, codes.SOURCES, "en th my"),
        (LateReason, codes.LATE_REASONS, "en th"),
        (ItemState, codes.ITEM_STATES, "en th"),
        (Result, codes.RESULTS, "en th"),
    ],
)
def test_every_code_is_said_in_every_language_of_its_papers(choices, words, languages):
    assert set(choices.values) == {str(code) for code in words}
    for code, said in words.items():
        assert all(said.get(language) for language in languages.split()), code


def test_every_block_and_registrar_has_thai_words():
    assert set(codes.BLOCKS_TH) == set(Block)
    assert set(codes.REGISTRARS_TH) == set(OfficeKind)
