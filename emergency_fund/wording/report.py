"""The words of the fund's figures and of its report."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

WORDS = {
    # large numbers
    "open": _("Requests on their way"),
    "late": _("%(count)s wait longer than they may"),
    "in_time": _("Decided within the time set"),
    "to_decision": _("Hours from the request to the decision"),
    "ninetieth_note": _("nine in ten within %(hours)s hours"),
    "paid": _("Paid or handed over"),
    "paid_note": _("for %(count)s children"),
    "insured": _("Children helped who are insured"),
    "measures_time": _(
        "“Within the time set” counts the hours to the decision only: 24, 72 or 336 hours by urgency, from when the"
        " request was last sent. It says nothing of when the family had the help."
    ),
    "once": _("Requests of practice offices are not counted. A child or family with several requests is counted once."),
    # tables
    "requests": pgettext_lazy("column of a table", "Requests"),
    "baht": _("Baht"),
    "median": _("Median (hours)"),
    "ninetieth": _("Nine in ten within (hours)"),
    "urgency": _("How urgent"),
    "all": _("All requests"),
    "speed": _("In time, by urgency"),
    "in_time_column": _("Decided in time"),
    "due": _("Were due"),
    "decision": _("From the request to the decision"),
    "first_aid": _("From the request to the first help"),
    "half_within": _("Half within %(hours)s hours."),
    "nothing": _("Nothing of this in the period."),
    "outcomes": _("What was decided"),
    "outcome": _("Decision"),
    "share": _("Share"),
    "approved": _("Approved"),
    "rejected": _("Rejected"),
    "referred_out": _("Referred to another source of help"),
    "ineligible": _("Not for the fund"),
    "appealed": _("Appealed against, of those that gave less"),
    "reversed": _("Granted, of appeals decided"),
    "codes": _("Why requests were not approved"),
    "code": _("Reason"),
    "no_code": _("No reason was chosen"),
    "cost": _("What it cost by kind of help"),
    "kind": _("Kind of help"),
    "per_child": _("Baht a child"),
    "burn": _("Money used against time"),
    "source": _("Source of money"),
    "given": _("Given by the donor"),
    "used": _("Paid of it"),
    "elapsed": _("Time gone by"),
    "ageing": _("Approved and not yet paid"),
    "since": _("Days since the decision"),
    "d7": _("up to 7 days"),
    "d30": _("8 to 30 days"),
    "d60": _("31 to 60 days"),
    "older": _("more than 60 days"),
    "spread": _("Who had it, and who decided"),
    "measure": _("Figure"),
    "value": _("Value"),
    "top": _("Of the money, to the twentieth of families that had most"),
    "signed_by": _("Requests decided on as %(role)s"),
    "busiest": _("of these, the most by one person as %(role)s"),
    "bypassed": _("Helped before it was approved"),
    "verified": _("Whether it arrived: families asked"),
    "said": _("What the family said"),
    "said_received": _("Received, all of it"),
    "said_issues": _("Received, with issues"),
    "said_not_received": _("Not received"),
    "said_not_reached": _("Nobody was reached"),
    "said_waiting": _("To be called"),
    "drawn": _("All requests with a payment that was drawn"),
    "empty": _("Days on which a store had nothing of an item"),
    "store": _("Store"),
    "days_without": _("Days without"),
    "of_days": _("Of all days"),
    "all_stores": _("All stores"),
    "expired": _("What expired in the stores"),
    "written_off": _("Written off as expired"),
    "lies_expired": _("Lies there expired"),
    "kits": _("Kits handed over"),
    "month": _("Month"),
    "kits_given": _("Kits"),
    "person_months": _("Person-months"),
    "whole_period": _("The whole period"),
    "renewed": _("Insurances that ended"),
    "what_followed": _("What followed"),
    "insurances": _("Insurances"),
    "ran_out": _("Ran out, nothing follows"),
    "followed": _("Renewed, or another one follows"),
    "all_ended": _("All that ended"),
    "claimed": _("Claims after injuries at work"),
    "came_of_it": _("What came of it"),
    "families": _("Families"),
    "claim_obtained": _("Obtained it"),
    "claim_refused": _("Refused"),
    "claim_pending": _("No answer yet"),
    "all_claims": _("All families that claimed or were sent to claim"),
    "yes": _("Yes"),
    "no": _("No"),
    "older_child": _("18 years and older"),
    "years": _("%(first)s–%(last)s years"),
    "unknown_age": _("age not known"),
    "unknown_province": _("province not known"),
    # definitions
    "f1_num": _("requests decided by the hour they were due: 24 hours, 72 hours or 14 days by urgency"),
    "f1_den": _("requests whose hour has come, without those taken back or returned before a decision"),
    "f1_period": _("the hour by which to decide lies in the period"),
    "f2_num": _(
        "whole hours from when the family asked to the first decision: approved, rejected, referred on, not for the"
        " fund, or helped before the approval; the median, and the hours within which nine in ten were decided"
    ),
    "f2_period": _("the decision lies in the period"),
    "f3_num": _("whole hours from when the family asked to the first thing paid or handed over"),
    "f3_period": _("the first help lies in the period"),
    "f4_num": _("requests by how they were decided in the end, also on appeal; what was helped first as approved"),
    "f4_den": _(
        "requests first decided in the period; for appeals those that gave nothing or less than was asked for, and"
        " appeals decided, in the period"
    ),
    "f5_num": _("baht paid in the period, less what came back in it; divided by the children who had something of it"),
    "f5_period": _("the day of the payment lies in the period"),
    "f6_num": _("baht paid from the source so far, less what came back"),
    "f6_den": _("baht given to the budget lines of these offices; beside it how much of the source’s time has gone by"),
    "f6_period": _("as things stand on the day of counting, whatever the period"),
    "f7_num": _("requests with money approved and not yet paid, by days since the decision"),
    "f8_num": _("children with a health insurance in force on the day of counting, whoever paid for it"),
    "f8_den": _("children for whom something was paid in the period, or who had goods"),
    "f9_num": _("baht paid in the period to the twentieth of families that had most, one family at least"),
    "f9_den": _("all baht paid in the period"),
    "f10_num": _(
        "requests on which somebody approved, returned or rejected, also on appeal, by the role they acted in; and"
        " those helped before they were approved"
    ),
    "f10_period": _("the act lies in the period"),
    "f11_num": _(
        "requests by what the family said when it was called; with several payments drawn it counts once, by the first"
        " of these: not received, with issues, to be called, nobody reached, received"
    ),
    "f11_den": _("requests of which a payment was drawn by chance"),
    "f11_period": _("the day of the draw lies in the period"),
    "f12_num": _(
        "evenings on which nothing of an item lay in a store, each item by itself; of items with a minimum, in stores"
        " in use; what has expired lies there until it is written off"
    ),
    "f12_den": _("all evenings of the period, of each item from the day on which it first came to the store"),
    "f12_period": _("the evening lies in the period; deliveries written down later change it"),
    "f13_num": _(
        "what goods cost that were written off as expired; beside it, what those cost that lie in the store and have"
        " expired"
    ),
    "f13_period": _("the write-off lies in the period; what lies there, as on the day of counting"),
    "f14_num": _(
        "kits, and person-months: for how many people times months they were packed, by what the kit holds for a person"
        " and month after the Sphere handbook; without kits of which all came back"
    ),
    "f14_period": _("the day on which the first of a kit was handed over lies in the period"),
    "f15_num": _("insurances bought by the fund that ran out with nothing following without a gap, whoever pays"),
    "f15_den": _("insurances bought by the fund whose time was over; without those that were cancelled"),
    "f15_period": _("the day on which it was ended lies in the period"),
    "f16_num": _("families with an injury at work that receive what is theirs by law, or have used it up"),
    "f16_den": _("families with an injury at work that claimed it, or were sent there to claim; a family counts once"),
    "f16_period": _("the first claim or referral lies in the period; what came of it, as on the day of counting"),
}  # fmt: skip

UNITS = {"of": _("%(met)s of %(of)s requests"), "of_children": _("of %(count)s requests")}
"""What the fund says in place of the reports room's words: its rows are requests."""


def said(words: Mapping[str, object] = WORDS) -> dict[str, str]:
    """The words in the language that is active."""
    return {key: str(word) for key, word in words.items()}
