"""Places in Burmese, as families along the border call them. A place that is not here keeps its English name."""

from __future__ import annotations

from registration.states import OfficeKind

PLACES_MY = {
    "10": "ဘန်ကောက်",
    "63": "တာ့ခ်",
    "6304": "မယ်ရမတ်",
    "6305": "သာဆောင်ယန်း",
    "6306": "မဲဆောက်",
    "630601": "မဲဆောက်",
    "6307": "ဖုတ်ဖရ",
    "6308": "အုံးဖန်",
    "82": "ဖန်င",
    "85": "ရနောင်း",
    "8501": "ရနောင်း",
}
"""By official code. Spellings as the Burmese pages and signs of the area write them."""

OFFICES_MY = {
    OfficeKind.MUNICIPALITY: "မြူနီစပယ် မှတ်ပုံတင်ရုံး",
    OfficeKind.AMPHOE: "မြို့နယ်ရုံး",
    OfficeKind.BANGKOK: "မြို့နယ်ရုံး",
}
"""The kind of a registry office; the place stands before it."""

HOSPITAL_MY = "ဆေးရုံ"
HOSPITAL_TH = "โรงพยาบาล"
