import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.people.zawgyi import looks_like_zawgyi, zawgyi_to_unicode

PAIRS = [
    ("ျမန္မာ", "မြန်မာ"),
    ("ေက်ာ္", "ကျော်"),
    ("စိုးသက္ႏိုင္", "စိုးသက်နိုင်"),
    ("ေအာင္", "အောင်"),
    ("ၿဖိဳး", "ဖြိုး"),
    ("ခင္ျမင့္ေဝ", "ခင်မြင့်ဝေ"),
    ("ထြန္း", "ထွန်း"),
    ("စႏၵာ", "စန္ဒာ"),
    ("ေရႊ", "ရွှေ"),
    ("ေဒၚခင္ျမတ္မြန္", "ဒေါ်ခင်မြတ်မွန်"),
    ("ျပည္သူ႔", "ပြည်သူ့"),
    ("လွေဇာ္", "လှဇော်"),
    ("ႀကိဳဆိုပါတယ္", "ကြိုဆိုပါတယ်"),
    ("ေက်ာင္း", "ကျောင်း"),
    ("ေမြးဖြား", "မွေးဖွား"),
]


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_old_letters_are_noticed_and_read(old: str, new: str) -> None:
    import unicodedata

    assert looks_like_zawgyi(old)
    assert zawgyi_to_unicode(old) == unicodedata.normalize("NFC", new)


@pytest.mark.parametrize(
    "text",
    [new for _old, new in PAIRS]
    + ["မူစေးဝါး", "နီၢ်မူၤဝါ", "စီၤထူးလး", "ပှၤကညီ", "အဲၣ်ဒိး", "ဆၢစေးဝါ"]  # S'gaw Karen
    + ["တႆး", "ၸၢႆးၵျေႃႇ", "နၢင်းၶမ်း", "ၸဝ်ႈသိူဝ်", "ဘာသာမန်", "ကိတ်ဍုင်"]  # Shan, Mon
    + ["", "Naw Ku Moo", "ดารา"],
)
def test_unicode_burmese_karen_shan_and_mon_are_left_in_peace(text: str) -> None:
    assert not looks_like_zawgyi(text)


def test_the_kinzi_is_put_in_its_place() -> None:
    assert zawgyi_to_unicode("မဂၤလာ") == "မင်္ဂလာ"


@given(st.text(alphabet=st.characters(min_codepoint=0x1000, max_codepoint=0x109F), max_size=200))
def test_any_letters_give_a_preview(text: str) -> None:
    looks_like_zawgyi(text)
    assert "\ue000" not in zawgyi_to_unicode(text)
