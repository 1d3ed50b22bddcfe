import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from casework.people import names
from casework.people.states import Script

ANY_TEXT = st.one_of(
    st.text(alphabet=st.characters(), max_size=120),
    st.text(alphabet=st.characters(min_codepoint=0x0E00, max_codepoint=0x0EFF), max_size=60),
    st.text(alphabet=st.characters(min_codepoint=0x1000, max_codepoint=0x109F), max_size=60),
    st.text(alphabet="abcdefghijklmnopqrstuvwxyz '-./", max_size=60),
)


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Naw Ku Moo", Script.LATIN),
        ("ด.ญ. ดารา", Script.THAI),
        ("စိုးသက်နိုင်", Script.MYANMAR),
        ("ទេវី", Script.KHMER),
        ("ໃຈດີ", Script.LAO),
        ("আমিনা", Script.OTHER),
        ("12 - ?", Script.OTHER),
        ("", Script.OTHER),
    ],
)
def test_the_script_of_a_name_is_known(text: str, script: Script) -> None:
    assert names.guess_script(text) == script


@pytest.mark.parametrize(
    ("full", "honorific", "rest"),
    [
        ("Naw Ku Moo", "Naw", "Ku Moo"),
        ("U Kyaw Min", "U", "Kyaw Min"),
        ("daw Aye", "daw", "Aye"),
        ("ด.ญ. ดารา", "ด.ญ.", "ดารา"),
        ("ด.ญ.ดารา", "ด.ญ.", "ดารา"),
        ("นางสาวสุดา ดี", "นางสาว", "สุดา ดี"),
        ("นาย สมชาย", "นาย", "สมชาย"),
        ("နော် မူစေးဝါး", "နော်", "မူစေးဝါး"),
        ("ဒေါ်အေးအေး", "ဒေါ်", "အေးအေး"),
        ("Min Aung Hlaing", "Min", "Aung Hlaing"),
    ],
)
def test_a_title_is_kept_apart(full: str, honorific: str, rest: str) -> None:
    assert names.split_honorific(full) == (honorific, rest)


@pytest.mark.parametrize("full", ["Naw", "Min Thu", "Mary", "Mamoe Win", "မဝင်း", "นารี", "มิน นาย ลา", "Win Ma", ""])
def test_a_word_that_may_be_the_name_itself_stays(full: str) -> None:
    assert names.split_honorific(full) == ("", full)


@pytest.mark.parametrize(
    ("full", "mother"),
    [
        ("Baby of Ma Ye Naing", "Ma Ye Naing"),
        ("B/O Naw Paw", "Naw Paw"),
        ("baby girl of Suda", "Suda"),
        ("บุตรนางวิน", "นางวิน"),
        ("ด.ช.บุตรของ นางสุดา", "นางสุดา"),
        ("ลูกนางสุดา", "นางสุดา"),
        ("သူသူ၏ကလေး", "သူသူ"),
    ],
)
def test_the_mother_of_an_unnamed_baby_is_found(full: str, mother: str) -> None:
    assert names.baby_of(full) == mother
    assert names.search_key(full) == names.search_key(mother)


@pytest.mark.parametrize(
    ("full", "english", "thai", "burmese"),
    [
        ("Baby of Naw Paw", "Baby of Naw Paw", "บุตรของ Naw Paw", "Naw Paw ၏ ကလေး"),
        ("B/O Naw Paw", "B/O Naw Paw", "บุตรของ Naw Paw", "Naw Paw ၏ ကလေး"),
        ("บุตรนางวิน", "Baby of นางวิน", "บุตรนางวิน", "นางวิน ၏ ကလေး"),
        ("Baby of วิน", "Baby of วิน", "บุตรนางวิน", "วิน ၏ ကလေး"),
        ("သူသူ၏ကလေး", "Baby of သူသူ", "บุตรของ သူသူ", "သူသူ၏ကလေး"),
        ("Naw Paw", "Naw Paw", "Naw Paw", "Naw Paw"),
        ("", "", "", ""),
    ],
)
def test_a_child_without_a_name_is_called_in_the_words_of_the_reader(
    full: str, english: str, thai: str, burmese: str
) -> None:
    for language, called in (("en", english), ("th", thai), ("my", burmese)):
        with override(language):
            assert names.as_called(full) == called
            assert names.search_key(called) == names.search_key(full), "it is found by what stands on the page"


@pytest.mark.parametrize("full", ["Babyo Win", "ลูกเกด ใจดี", "Ma Ye Naing", "Sonof", ""])
def test_a_child_with_a_name_is_no_baby_of(full: str) -> None:
    assert names.baby_of(full) == ""


@pytest.mark.parametrize(
    ("written", "latin"),
    [
        ("စိုးသက်နိုင်", "Soe Thet Naing"),
        ("မူစေးဝါး", "Mu Say Wah"),
        ("ကျော်လင်းစန်း", "Kyaw Lin San"),
        ("ထွန်းတင်ထက်သန်း", "Htun Tin Htet Than"),
        ("စန္ဒာသူ", "Sandar Thu"),
        ("မင်္ဂလာ", "Mingalar"),
        ("ရွှေစင်", "Shwe Sin"),
        ("နီၢ်မူၤဝါ", "Naw Moo Wah"),
        ("ดารา", "Dara"),
        ("ชัยวัฒน์", "Chaiwat"),
        ("พิมพ์ชนก", "Pimchanok"),
        ("ณัฐพงษ์", "Nattapong"),
        ("ประเสริฐ", "Prasert"),
        ("อนงค์", "Anong"),
        ("แก้วมณี", "Kaewmanee"),
        ("ศิริพร", "Siriporn"),
        ("แสงดาว", "Saengdao"),
        ("มโย นเว", "Myo Nwe"),
        ("ໃຈດີ", "Chaidee"),
    ],
)
def test_a_name_sounds_the_same_in_its_own_letters_and_in_latin(written: str, latin: str) -> None:
    assert names.phonetic_key(written) == names.phonetic_key(latin)
    assert fuzz.ratio(names.search_key(written), names.search_key(latin)) >= 65


@pytest.mark.parametrize(
    "spellings",
    [
        ("Tin", "Tinn", "Htin"),
        ("Aung", "Ong", "Oung"),
        ("Yadanar", "Yatanar", "Ratana", "ရတနာ"),
        ("Kyaw", "Jaw", "Kjaw"),
        ("Phyo", "Hpyo"),
        ("Thet", "Htet", "Tet"),
        ("Zaw", "Sor", "Zor"),
        ("Win", "Vin"),
        ("Hla", "Hlah", "La"),
        ("Naing", "Nine", "Naaing"),
        ("Chhay", "Chay"),
        ("Moe Hla Win", "Moehla Win", "Moehlawin"),
        ("Rith Sovann", "Rithsovann", "Rith Sovuann"),
        ("Naw Ku Moo", "Ku Moo", "Naw Koo Mu"),
    ],
)
def test_spellings_of_one_spoken_name_share_a_sound(spellings: tuple[str, ...]) -> None:
    assert len({names.phonetic_key(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Win", "Wut"),
        ("Aung", "Aye"),
        ("Moe", "Mya"),
        ("Htoo", "Htee"),
        ("Kyaw", "Kaung"),
        ("Lin", "Hnin"),
        ("Su", "Soe"),
    ],
)
def test_different_names_sound_different(one: str, other: str) -> None:
    assert names.phonetic_key(one) != names.phonetic_key(other)


def test_a_script_not_read_here_is_compared_as_it_is() -> None:
    assert names.search_key("ទេវី") == "ទេវី"
    assert names.phonetic_key("ទេវី") != names.phonetic_key("ទាវា")


def test_the_order_of_words_does_not_matter_for_matching() -> None:
    assert names.matching_sounds("Somsak Anong") == names.matching_sounds("Anong Somsak")
    assert names.phonetic_key("Somsak Anong") != names.phonetic_key("Anong Somsak")


def test_what_the_eye_cannot_see_does_not_change_a_key() -> None:
    assert names.search_key("ดา\u200bรา") == names.search_key("ดารา")
    assert names.search_key("  José\u00a0 Ma\u0301ria ") == "josemaria"
    assert names.search_key("จ๋า") == names.search_key("จา")


def test_thai_sorts_by_consonant_and_other_scripts_by_sound() -> None:
    thai = ["เอก", "กมล", "แก้ว", "ขวัญ", "โกมล"]
    assert sorted(thai, key=names.sort_key) == ["กมล", "แก้ว", "โกมล", "ขวัญ", "เอก"]
    mixed = ["Zaw", "အောင်", "Naw Ku", "Moe"]
    assert sorted(mixed, key=names.sort_key) == ["အောင်", "Naw Ku", "Moe", "Zaw"]


@pytest.mark.parametrize("full", ["", " ", "...", "- ?", "123"])
def test_a_name_without_a_letter_is_refused(full: str) -> None:
    assert [f.code for f in names.name_findings(full, field="name")] == ["BR-NAME-1"]


def test_mixed_letters_and_old_letters_warn_and_one_word_is_enough() -> None:
    def codes(full: str) -> list[str]:
        return [f.code for f in names.name_findings(full, field="name")]

    assert codes("Dara ดารา") == ["BR-NAME-3"]
    assert codes("ေအာင္") == ["BR-NAME-4"]
    for good in ("Thuza", "ดารา", "အောင်", "ဆၢစေးဝါ", "U"):
        assert codes(good) == []


@given(ANY_TEXT)
def test_any_text_gets_keys(text: str) -> None:
    for key in (names.search_key(text), names.phonetic_key(text), names.matching_sounds(text), names.sort_key(text)):
        assert len(key) <= names.LONGEST_KEY
        assert "\x00" not in key
    assert " " not in names.search_key(text)
    names.name_findings(text, field="name")
    names.split_honorific(text)


def test_a_hostile_name_is_read_quickly_and_kept_short() -> None:
    for text in ("a" * 100_000, "เ" * 100_000, "ก" * 100_000, "က်" * 50_000, "e\u0301" * 50_000, "aeiou" * 20_000):
        assert len(names.search_key(text)) <= names.LONGEST_KEY
        assert len(names.phonetic_key(text)) <= names.LONGEST_KEY


@pytest.mark.parametrize(
    ("name", "letters"), [("Naw Eh Paw", "NE"), ("ซอ เอ", "ซอ"), ("แม่ใหญ่", "ม"), ("စောအယ်", "စ"), ("เ", "เ"), ("", "")]
)
def test_initials_begin_with_a_consonant(name, letters):
    assert names.initials(name) == letters
