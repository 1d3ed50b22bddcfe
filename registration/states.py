"""States, tracks and code lists of birth registration (birth_registration.md C3–C5)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Status(TextChoices):
    DRAFT = "draft", _("Intake")
    ASSESSING = "assessing", _("Assessing")
    GATHERING = "gathering", _("Gathering papers")
    READY = "ready", _("Ready to submit")
    SUBMITTED = "submitted", _("At the office")
    INQUIRY = "inquiry", _("Inquiry")
    REGISTERED = "registered", _("Registered")
    HANDED_OVER = "handed_over", _("Handed over")
    CLOSED = "closed", _("Closed")


UNSUBMITTED = (Status.DRAFT, Status.ASSESSING, Status.GATHERING, Status.READY)
UNREGISTERED = (*UNSUBMITTED, Status.SUBMITTED, Status.INQUIRY)
OPEN_STATUSES = tuple(status for status in Status if status is not Status.CLOSED)

BIRTH_EDGES = {
    Status.DRAFT: {Status.ASSESSING, Status.CLOSED},
    Status.ASSESSING: {Status.GATHERING, Status.CLOSED},
    Status.GATHERING: {Status.READY, Status.CLOSED},
    Status.READY: {Status.SUBMITTED, Status.GATHERING, Status.CLOSED},
    Status.SUBMITTED: {Status.INQUIRY, Status.GATHERING, Status.REGISTERED, Status.CLOSED},
    Status.INQUIRY: {Status.GATHERING, Status.REGISTERED, Status.CLOSED},
    Status.REGISTERED: {Status.HANDED_OVER, Status.CLOSED},
    Status.HANDED_OVER: {Status.CLOSED},
    Status.CLOSED: {Status.GATHERING, Status.ASSESSING, Status.REGISTERED, Status.HANDED_OVER},
}


class Track(TextChoices):
    T1 = "T1", _("In time, born in a health facility")
    T2 = "T2", _("In time, born at home")
    T3 = "T3", _("Late, with a first proof of birth")
    T4 = "T4", _("Late, without any proof of birth")
    T6 = "T6", _("No known parents")
    T7 = "T7", _("Proof of birth only (18 or older)")
    T8 = "T8", _("Not born in Thailand")
    T9 = "T9", _("Already registered")
    UNCLEAR = "T0", _("Needs a supervisor")


TIMELY_TRACKS = frozenset({Track.T1, Track.T2})
LATE_TRACKS = frozenset({Track.T3, Track.T4})


class Suspension(TextChoices):
    NONE = "none", _("None")
    ON_HOLD = "on_hold", _("On hold")
    LOST_CONTACT = "lost_contact", _("Lost contact")


class Channel(TextChoices):
    WARD = "ward", _("Postnatal ward")
    ANC = "anc", _("Antenatal care")
    OUTREACH = "outreach", _("Outreach")
    REFERRAL_NGO = "referral_ngo", _("Sent by an NGO")
    REFERRAL_SCHOOL = "referral_school", _("Sent by a school")
    WALK_IN = "walk_in", _("Came by themselves")
    HOTLINE = "hotline", _("Phone")
    MOBILE_DAY = "mobile_day", _("Mobile registration day")


class PlaceKind(TextChoices):
    HOSPITAL = "hospital", _("Hospital")
    HEALTH_CENTRE = "health_centre", _("Health centre")
    NGO_CLINIC = "ngo_clinic", _("NGO clinic")
    HOME = "home", pgettext_lazy("place of birth", "Home")
    ON_THE_WAY = "on_the_way", _("On the way")
    CAMP = "camp", _("Camp")
    OTHER_IN_THAILAND = "other_in_thailand", _("Elsewhere in Thailand")
    ABROAD = "abroad", _("Outside Thailand")
    UNKNOWN = "unknown", _("Not known")


STATE_FACILITIES = frozenset({PlaceKind.HOSPITAL, PlaceKind.HEALTH_CENTRE})
FACILITY_PLACES = STATE_FACILITIES | {PlaceKind.NGO_CLINIC}
"""Places of which it is asked which one (BR-PLACE-1)."""
HOME_PLACES = frozenset({PlaceKind.HOME, PlaceKind.ON_THE_WAY})


class Attendant(TextChoices):
    DOCTOR = "doctor", _("Doctor")
    NURSE = "nurse", _("Nurse")
    MIDWIFE = "midwife", _("Midwife")
    OTHER_HEALTH = "other_health", _("Other health worker")
    TRADITIONAL = "traditional", _("Traditional birth attendant")
    FAMILY = "family", _("Family")
    NOBODY = "nobody", _("Nobody")
    UNKNOWN = "unknown", _("Not known")


class FirstProof(TextChoices):
    TR1_1 = "TR1_1", _("Delivery certificate (Tor.Ror.1/1)")
    TR1_FRONT = "TR1_front", _("Village head’s receipt (Tor.Ror.1 front part)")
    OTHER_FACILITY = "other_facility", _("Other facility’s delivery paper")
    HOME_WITNESS = "home_witness", _("Notice by the house or village head")
    NONE = "none", _("None")


class HeldBy(TextChoices):
    FAMILY = "family", _("The family has it")
    CLINIC_COPY = "clinic_copy_only", _("Only a copy, at the clinic")
    HOSPITAL = "hospital", _("The hospital has it")
    LOST = "lost", _("Lost")
    NEVER_ISSUED = "never_issued", _("Never issued")


class ParentRole(TextChoices):
    MOTHER = "mother", _("Mother")
    FATHER = "father", _("Father")
    OTHER = "other", _("Other carer")


class Knowledge(TextChoices):
    KNOWN = "known", _("Known")
    UNKNOWN = "unknown", _("Not known")
    NOT_DISCLOSED = "not_disclosed", _("Known, but not told")
    DECEASED = "deceased", _("Has died")
    ABSENT_CONTACTABLE = "absent_contactable", _("Away, can be reached")
    ABSENT_LOST = "absent_lost", _("Away, cannot be reached")


WITH_PERSON = frozenset({Knowledge.KNOWN, Knowledge.DECEASED, Knowledge.ABSENT_CONTACTABLE, Knowledge.ABSENT_LOST})
WITHOUT_REASON = frozenset({Knowledge.KNOWN, Knowledge.DECEASED})


class ParentStatus(TextChoices):
    """Sensitive: never printed, never exported by default."""

    THAI = "thai", _("Thai")
    PERMANENT_ALIEN = "permanent_alien", _("Permanent resident")
    VISA = "visa_passport", _("Passport with visa")
    MOU = "mou_worker", _("MOU worker")
    REGISTERED = "registered_CLM", _("Registered worker (38/1, pink card)")
    NO_STATUS = "no_status_0", _("Person without status (0)")
    MINORITY = "minority_6", _("Surveyed minority (6)")
    CAMP_REGISTERED = "camp_registered", _("Camp, registered")
    CAMP_UNREGISTERED = "camp_unregistered", _("Camp, not registered")
    BORDER = "border_daily", _("Crosses the border daily")
    UNDOCUMENTED = "undocumented", _("No papers")
    UNKNOWN = "unknown", _("Not known")


class Nationality(TextChoices):
    """As the family tells it. It says nothing on any letter; a certificate for Thai nationals is checked against it."""

    THAI = "TH", _("Thai")
    MYANMAR = "MM", _("Myanmar")
    LAOS = "LA", _("Laos")
    CAMBODIA = "KH", _("Cambodia")
    OTHER = "XX", _("Another country")
    STATELESS = "stateless", _("Stateless")
    UNKNOWN = "unknown", _("Not known")


class Marriage(TextChoices):
    REGISTERED_TH = "registered_th", _("Registered in Thailand")
    REGISTERED_ABROAD = "registered_abroad", _("Registered abroad")
    CUSTOMARY = "customary", _("By custom")
    NONE = "none", _("Not married")
    UNKNOWN = "unknown", _("Not known")


class InformantRelation(TextChoices):
    MOTHER = "mother", _("Mother")
    FATHER = "father", _("Father")
    GUARDIAN = "guardian", _("Guardian")
    GRANDPARENT = "grandparent", _("Grandparent")
    RELATIVE = "relative", _("Relative")
    HOUSE_HEAD = "house_head", _("Head of the house")
    VILLAGE_HEAD = "village_head", _("Village head")
    AGENCY_HEAD = "agency_head", _("Head of an agency")
    CLINIC = "clinic_assigned", _("Clinic, with a letter")
    OTHER = "other", _("Other")


NEEDS_LETTER = frozenset(
    {InformantRelation.GRANDPARENT, InformantRelation.RELATIVE, InformantRelation.CLINIC, InformantRelation.OTHER}
)
"""Who notifies for those whose duty it is (s. 18: parents, guardian, head of the house) brings a letter (guide 216)."""


class LateReason(TextChoices):
    UNAWARE = "unaware", _("Did not know it must be done")
    NOT_WHERE = "did_not_know_where", _("Did not know where")
    NO_PAPERS = "no_papers", _("No papers")
    FEAR = "fear", _("Fear")
    NO_INTERPRETER = "no_interpreter", _("No interpreter")
    COST = "cost", _("Cost")
    DISTANCE = "distance_work", _("Distance or work")
    ILLNESS = "illness", _("Illness")
    MOVED = "moved", _("Moved")
    REFUSED = "refused_by_office", _("Refused by an office")
    LOST_PROOF = "lost_delivery_certificate", _("Lost the delivery certificate")
    PARENT_ABSENT = "parent_absent", _("A parent is away")
    OTHER = "other", _("Other")


class WitnessKind(TextChoices):
    PREGNANCY = "pregnancy", _("Knew of the pregnancy")
    ATTENDANT = "attendant", _("Attended the delivery")
    PRESENT = "present_at_birth", _("Was present at birth")
    PARENTAGE = "parentage", _("Can confirm the parents")
    IDENTITY = "identity", _("Knows who the family is")


class RequirementLevel(TextChoices):
    """★, ☆ or helpful (C4)."""

    STAR = "star", _("Must be there")
    OPEN_STAR = "open_star", _("Must be there, or say why not")
    HELPFUL = "helpful", _("Helpful")


class ItemState(TextChoices):
    NEEDED = "needed", _("Needed")
    REQUESTED = "requested", _("Asked for")
    COPY = "in_hand_copy", _("Copy in hand")
    ORIGINAL = "original_seen", _("Original seen")
    SUBMITTED = "submitted", _("Handed in")
    WAIVED = "waived", _("Waived")
    IMPOSSIBLE = "impossible", _("Cannot be had")


IN_HAND = frozenset({ItemState.COPY, ItemState.ORIGINAL, ItemState.SUBMITTED, ItemState.WAIVED})
_ANY_OTHER = set(ItemState)
ITEM_EDGES = {state: _ANY_OTHER - {state} for state in ItemState}


class Responsible(TextChoices):
    FAMILY = "family", _("Family")
    CLINIC = "clinic", _("Clinic")
    HOSPITAL = "hospital", _("Hospital")
    REGISTRY = "registry", _("Registry office")
    OTHER = "other", _("Other")


class Block(TextChoices):
    PARENT_NO_ID = "parent_no_id", _("A parent has no paper")
    NO_DELIVERY_CERTIFICATE = "no_delivery_certificate", _("No delivery certificate")
    NAME_MISMATCH = "name_mismatch", _("Names do not agree")
    DOB_MISMATCH = "dob_mismatch", _("Birth dates do not agree")
    WITNESS_MISSING = "witness_missing", _("No witness")
    POA_MISSING = "poa_missing", _("No letter of assignment")
    TRANSLATION_MISSING = "translation_missing", _("No translation")
    DNA_COST = "dna_cost", _("Cost of a DNA test")
    FATHER_ABSENT = "father_absent", _("The father is away")
    MOTHER_ABSENT = "mother_absent", _("The mother is away")
    OFFICE_REFUSED = "office_refused", _("The office refused")
    WAITING_OFFICE = "waiting_office", _("Waiting for the office")
    UNREACHABLE = "family_unreachable", _("The family cannot be reached")
    FEAR = "family_fear", _("The family is afraid")
    CHILD_ILL = "child_ill", _("The child is ill")
    PARENT_REFUSED = "parent_refused", _("A parent refuses")
    OTHER = "other", _("Other")


class OfficeKind(TextChoices):
    AMPHOE = "amphoe", _("District office")
    MUNICIPALITY = "municipality", _("Municipality")
    BANGKOK = "bangkok_district", _("Bangkok district")
    CAMP = "camp_mobile", _("Camp or mobile")
    OTHER = "other", _("Other")


class SubmittedBy(TextChoices):
    PARENT = "parent", _("A parent")
    RELATIVE = "relative", _("A relative")
    CLINIC = "clinic_with_letter", _("The clinic, with a letter")
    AGENCY = "agency", _("An agency")


class Result(TextChoices):
    PENDING = "pending", _("Waiting")
    INQUIRY = "inquiry", _("Inquiry opened")
    ACCEPTED = "accepted", _("Accepted")
    RETURNED = "returned", _("Returned")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


RESULT_EDGES = {
    Result.PENDING: {Result.INQUIRY, Result.ACCEPTED, Result.RETURNED, Result.REFUSED, Result.WITHDRAWN},
    Result.INQUIRY: {Result.ACCEPTED, Result.RETURNED, Result.REFUSED, Result.WITHDRAWN},
}
WAITING = (Result.PENDING, Result.INQUIRY)
"""The papers lie at the office."""
COMES_AGAIN = (*WAITING, Result.RETURNED, Result.REFUSED)
"""The family goes to the office again, on the day it was given."""


class ReturnReason(TextChoices):
    MISSING_PAPER = "missing_paper", _("A paper is missing")
    NAME_ERROR = "name_error", _("A name is wrong")
    WRONG_OFFICE = "wrong_office", _("Wrong office")
    NO_PARENT = "no_parent_present", _("No parent present")
    NOT_ACCEPTED = "not_accepted_evidence", _("Evidence not accepted")
    FINE = "fine_unpaid", _("Fine not paid")
    SYSTEM_DOWN = "system_down", _("The office’s system was down")
    OTHER = "other", _("Other")


class InquiryKind(TextChoices):
    WITNESS = "witness_hearing", _("Witness hearing")
    PHOTO = "photo", _("Photos")
    DNA = "dna", _("DNA test")
    HOME_VISIT = "home_visit", _("Home visit")
    DISTRICT_CHIEF = "district_chief", _("District chief’s decision")
    DOCUMENT_CHECK = "document_check", _("Check of papers")


class CertificateForm(TextChoices):
    TR1 = "TR1", _("Tor.Ror.1")
    TR2 = "TR2", _("Tor.Ror.2")
    TR3 = "TR3", _("Tor.Ror.3")
    TR03 = "TR03", _("Tor.Ror.03")
    TR031 = "TR031", _("Tor.Ror.031")
    TR20_1 = "TR20_1", _("Tor.Ror.20/1")
    OTHER = "other", _("Other")
    UNKNOWN = "unknown", _("Not known")


class Register(TextChoices):
    TR14 = "TR14", _("House register Tor.Ror.14")
    TR13 = "TR13", _("House register Tor.Ror.13")
    TR38_1 = "TR38_1", _("Profile register Tor.Ror.38/1")
    TR38K = "TR38K", _("Profile register Tor.Ror.38 Kor")
    NONE = "none", _("None")
    UNKNOWN = "unknown", _("Not known")


class DiscrepancySeverity(TextChoices):
    BLOCKS = "blocks", _("Must be settled")
    SHOULD_FIX = "should_fix", _("Should be corrected")
    NOTE = "note", _("Note")


class DiscrepancyState(TextChoices):
    OPEN = "open", _("Open")
    REQUESTED = "correction_requested", _("Correction asked for")
    CORRECTED = "corrected", _("Corrected")
    ACCEPTED = "accepted_as_is", _("Accepted as it is")


DISCREPANCY_EDGES = {
    DiscrepancyState.OPEN: {
        DiscrepancyState.REQUESTED,
        DiscrepancyState.CORRECTED,
        DiscrepancyState.ACCEPTED,
    },
    DiscrepancyState.REQUESTED: {
        DiscrepancyState.CORRECTED,
        DiscrepancyState.ACCEPTED,
        DiscrepancyState.OPEN,
    },
}


class FollowUpKind(TextChoices):
    """Services offered after handover; each is answered before the case closes."""

    INSURANCE = "insurance", _("Health insurance")
    VACCINATION = "vaccination", _("Vaccination")
    NATIONALITY = "nationality", _("Advice on nationality")
    SCHOOL = "school", _("School")


class FollowUpAnswer(TextChoices):
    OPEN = "open", _("Not yet offered")
    OFFERED = "offered", _("Offered and wanted")
    DECLINED = "declined", _("Declined")
    NOT_APPLICABLE = "not_applicable", _("Does not apply")


class ConsularDecision(TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")
    LATER = "later", _("Later")
    UNSAFE = "unsafe", _("Not safe")


class HelpAnswer(TextChoices):
    """Condolence and help with the funeral, offered once."""

    NOT_YET = "not_yet", _("Not yet offered")
    WANTED = "wanted", _("Offered and wanted")
    DECLINED = "declined", _("Offered, not wanted")


class MotherConsent(TextChoices):
    """Who may decide for a mother who is a child herself."""

    HERSELF = "herself", _("Herself, with somebody she trusts")
    PARENT = "parent", _("Her parent or guardian")
    AUTHORITY = "authority", _("An authority")
    OPEN = "open", _("Not settled yet")


class WardState(TextChoices):
    """What became of a birth on the ward's list."""

    WAITING = "waiting", _("Not yet met")
    MET = "met", _("Met")
    NOT_OURS = "not_ours", _("Not ours")


WARD_EDGES = {
    WardState.WAITING: {WardState.MET, WardState.NOT_OURS},
    WardState.MET: {WardState.WAITING},
    WardState.NOT_OURS: {WardState.WAITING, WardState.MET},
}


class NotOurs(TextChoices):
    """Why a birth on the ward's list gets no case here."""

    THAI = "thai", _("A parent is Thai")
    TWICE = "twice", _("On the list twice")
    NOT_LIVE = "not_live", _("Stillborn, or died")
    ELSEWHERE = "elsewhere", _("Another organisation helps")
    LEFT = "left", _("Left the hospital, cannot be found")
    OTHER = "other", _("Another reason")


NOT_COUNTED = (NotOurs.THAI, NotOurs.TWICE, NotOurs.NOT_LIVE)
"""Reasons that take a birth out of the births to be met (M10)."""
