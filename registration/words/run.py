"""P12, the list for the registry run: Thai, as the clerk at the counter reads it."""

WORDS = {
    "child": "ชื่อเด็ก",
    "born": "วันเกิด",
    "mother": "มารดา",
    "notifier": "ผู้แจ้ง",
    "case": "เลขที่",
    "until": "แจ้งภายใน",
}
