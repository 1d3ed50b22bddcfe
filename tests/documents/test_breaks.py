import pytest

from casework.documents.breaks import syllable_breaks, thai_kept_whole


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("ရောဂါကြောင့်ဆေးရုံ", "ရော|ဂါ|ကြောင့်|ဆေး|ရုံ"),
        ("ဗုဒ္ဓသက္ကရာဇ်", "ဗုဒ္ဓ|သက္က|ရာဇ်"),
        ("မှတ်ပုံတင်ခြင်း", "မှတ်ပုံတင်|ခြင်း"),
        ("ကောင်းသဘောမတူပါဘဲ", "ကောင်း|သဘောမတူ|ပါ|ဘဲ"),
        ("၂၅၆၉ခုနှစ်", "၂၅၆၉|ခု|နှစ်"),
        ("(မိခင်)", "(မိ|ခင်)"),
    ],
)
def test_burmese_may_break_before_each_syllable_and_nowhere_else(text, broken):
    assert syllable_breaks(text).replace("\u200b", "|") == broken


def test_breaking_twice_changes_nothing():
    once = syllable_breaks("မွေးဖွားမှုမှတ်ပုံတင်ခြင်းအတွက်")
    assert syllable_breaks(once) == once


def test_thai_and_english_stay_as_they_are():
    assert syllable_breaks("ทะเบียนการเกิด Certificate 2569") == "ทะเบียนการเกิด Certificate 2569"


def test_dates_and_forms_are_marked_in_the_text_of_the_body_alone():
    date = "30\u00a0พ.ย. 2569 (ค.ศ.\u00a02026) ท.ร.38/1 ก, 4\u00a0เที่ยว\u00a0×\u00a0200.00 ก"
    whole = '<span class="nowrap">30\u00a0พ.ย.</span> 2569 <span class="nowrap">(ค.ศ.\u00a02026)</span>'
    whole += ' <span class="nowrap">ท.ร.38/1</span> ก, '
    whole += '<span class="nowrap">4\u00a0เที่ยว\u00a0×\u00a0200.00</span> ก'
    html = '<title>%s</title><body><p title="%s">%s</p></body>'
    assert thai_kept_whole(html % (date, date, date)) == html % (date, date, whole)
