"""What is shown to the clerk at the counter, in Thai whatever language the page has: what to mend before signing."""

from __future__ import annotations

from registration.certificate_states import CounterLineKey

TELL = {
    CounterLineKey.CHILD: "ขอความกรุณาแก้ไขก่อนลงนาม ชื่อเด็กที่ถูกต้องสะกดว่า",
    CounterLineKey.SEX: "ขอความกรุณาแก้ไขก่อนลงนาม เพศของเด็กที่ถูกต้องคือ",
    CounterLineKey.BORN: "ขอความกรุณาแก้ไขก่อนลงนาม วันเกิดที่ถูกต้องคือ",
    CounterLineKey.PLACE: "ขอความกรุณาแก้ไขก่อนลงนาม สถานที่เกิดที่ถูกต้องคือ",
    CounterLineKey.MOTHER: "ขอความกรุณาแก้ไขก่อนลงนาม ชื่อมารดาที่ถูกต้องสะกดว่า",
    CounterLineKey.FATHER: "ขอความกรุณาแก้ไขก่อนลงนาม ชื่อบิดาที่ถูกต้องสะกดว่า",
}
LEAVE_OUT = {
    CounterLineKey.CHILD: "ขอความกรุณารอการยืนยันชื่อเด็กก่อนลงนาม",
    CounterLineKey.SEX: "ขอความกรุณารอการยืนยันเพศของเด็กก่อนลงนาม",
    CounterLineKey.BORN: "ขอความกรุณารอการยืนยันวันเกิดก่อนลงนาม",
    CounterLineKey.PLACE: "ขอความกรุณารอการยืนยันสถานที่เกิดก่อนลงนาม",
    CounterLineKey.MOTHER: "ขอความกรุณาไม่ระบุชื่อมารดา ตามที่ตกลงกันไว้",
    CounterLineKey.FATHER: "ขอความกรุณาไม่ระบุชื่อบิดา ตามที่ตกลงกันไว้",
}
NOT_KNOWN = {
    CounterLineKey.MOTHER: "ขอความกรุณาไม่ระบุชื่อมารดา เนื่องจากไม่ทราบชื่อ",
    CounterLineKey.FATHER: "ขอความกรุณาไม่ระบุชื่อบิดา เนื่องจากไม่ทราบชื่อ",
}
"""Of a parent whose name nobody knows; nothing was agreed about it."""
ON_DRAFT = "ในร่างเขียนว่า"
