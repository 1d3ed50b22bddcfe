"""The terms that came with the fund, and their sources, as those who set them read them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

ROW_WORDS = (
    _("Days after an incident in which a family asks without a reason"),
    _("Days an assessment of needs holds"),
    _("Baht a family gets in twelve months over all requests and offices"),
    _("Days until the next hygiene kit for a child"),
    _("Days until the next nutrition support for a child"),
    _("Days in which what was approved is delivered before it expires"),
    _("Days in which a family appeals"),
    _("Days in which requests of one family are decided as one amount"),
    _("Days after birth in which a newborn of an insured parent is insured from birth"),
    _("Days before the end of an insurance from which it is to be renewed"),
    _("Days in which an appeal is decided"),
    _("Chance in percent that the family is asked about a payment"),
    _("Days on which nobody is reached before a call about a payment is given up"),
    _("Days in which a complaint is answered"),
    _("Days after which it is asked how a claim on another source stands"),
    _("Other families that may be paid to one account before it is asked about"),
    _("Years from which a child is asked about school"),
    _("own rule, to be set by the board of the fund"),
    _("to be set by the board of the fund"),
    _("own rule: schools of the state take children into their nursery class from three, as told"),
    _("consumables of the Sphere hygiene pack last a month"),
)
