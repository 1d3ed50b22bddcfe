"""The terms that came with the programme, as its supervisors read them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

ROW_WORDS = (
    _("Days to notify a birth, the day of birth not counted"),
    _("Years in which the parents' embassy registers the birth"),
    _("Days after a late submission when the office's answer is asked for"),
    _("Days before a parent's paper expires when it is shown"),
    _("Days before a deadline when it counts as due soon"),
    _("Days a missing paper may stay open before the case counts as blocked"),
    _("Days after a submission when the office is asked"),
    _("Days after registration when the certificate is handed over"),
    _("Days without any act after which a case is highlighted"),
    _("Months without any act after which a family is welcomed back"),
    _("Days after a birth when the ward's line of a family that was not met is removed"),
    _("Hours to notify a death, from the death or from when it was found"),
    _("Target of M1, notified within 15 days and registered"),
    _("Days after first contact when a birth of way T1 is taken to the office"),
    _("Days until the situation of a mother under 18 is reported"),
)
