"""The cases of a list without names, and what it tells of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case as Choice
from django.db.models import CharField, Count, DateField, DurationField, F, Func, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import MD5, Cast, Coalesce, Substr, TruncDate, TruncMonth
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy

from casework.cases.facts import last_act
from casework.cases.models import Case
from casework.cases.queries import IN_STATE, stages_of, standings_facts
from casework.cases.querysets import told_enrolments
from casework.cases.states import CaseState
from casework.kernel.date_words import month_and_year, year_text
from casework.people.masking import PROVINCE_LETTERS, code_of, provinces_of
from casework.programmes.contributions import Words, registry

from .coarse import Traits, coarsened, traits_of

STILL_DAYS = 90
"""Days without an act after which a case stands in the view of those nobody works on."""
NOT_TOLD, NOT_KNOWN = gettext_lazy("not shown"), gettext_lazy("not known")
VIEWS: dict[str, Words] = {
    "open": gettext_lazy("Open"),
    "still": gettext_lazy("Nothing done for 90 days"),
    "closed": gettext_lazy("Closed"),
}
BANDS: Sequence[tuple[int, str, Words]] = (
    (5, "0", gettext_lazy("0–4 years")),
    (10, "5", gettext_lazy("5–9 years")),
    (15, "10", gettext_lazy("10–14 years")),
    (18, "15", gettext_lazy("15–17 years")),
)
"""Until which age, key, words. Of the day the case was opened: nobody turns a year older on this list."""
OLDER = "18"
BAND_WORDS = {key: words for _years, key, words in BANDS} | {OLDER: gettext_lazy("18 years and older")}
SINCE: Sequence[tuple[int, Words]] = (
    (180, gettext_lazy("180 days or more")),
    (STILL_DAYS, gettext_lazy("90–179 days")),
    (30, gettext_lazy("30–89 days")),
    (0, gettext_lazy("under 30 days")),
)
"""Days since the last act, from how many on; the day itself would be found in what somebody saw."""
TRAITS = ("office_id", "told_programmes", "province", "band", "month")


class MaskedCase(NamedTuple):
    """A case as the list tells it."""

    code: str
    age: Words
    province: Words
    programmes: Sequence[Words]
    stages: Sequence[Words]
    opened: Words
    silent: Words


def masked_cases(user: Any, view: str) -> QuerySet[Case]:
    """The cases of one view of the list; an unknown view is the first one. Their order tells nothing of them."""
    rows = Case.rows.all().masked_for(user).filter(IN_STATE["closed" if view == "closed" else "open"])
    if view == "still":
        today = timezone.localdate()
        rows = rows.annotate(acted_on=_acted_on(today)).filter(acted_on__lte=today - timedelta(days=STILL_DAYS))
    return rows.order_by(MD5(Cast("pk", CharField())))


def _acted_on(today: date) -> Coalesce:
    """The day of the last act; of a case on which nobody did anything yet that of its opening."""
    return Coalesce(TruncDate(last_act("pk", today)), F("opened_on"))


def _with_traits(rows: QuerySet[Case], user: Any) -> QuerySet[Case]:
    """Cases with what coarsened() looks at."""
    programmes = told_enrolments(user).filter(case=OuterRef("pk")).order_by("programme").values("programme")
    born = F("child__born_on")
    bands = [When(child__born_on__isnull=True, then=Value(""))]
    bands += [When(Q(opened_on__lt=_birthday(born, years)), then=Value(key)) for years, key, _words in BANDS]
    return rows.annotate(
        told_programmes=ArraySubquery(programmes.distinct()),
        province=Coalesce(Substr("family__place_code", 1, PROVINCE_LETTERS), Value("")),
        band=Choice(*bands, default=Value(OLDER), output_field=CharField()),
        month=Cast(TruncMonth("opened_on"), DateField()),
    )


def _birthday(born: F, years: int) -> Any:
    return Cast(born + Func(Value(years), function="make_interval", output_field=DurationField()), DateField())


def masked_facts(today: date) -> list[str]:
    """The facts of cases that MaskedList.told() makes words of."""
    return ["pk", *TRAITS, "state", "stage", "acted_on", *standings_facts(today, is_masked=True)]


def for_masked_list(rows: QuerySet[Case], user: Any, today: date) -> QuerySet[Case, Any]:
    """Cases with masked_facts()."""
    rows = _with_traits(rows, user).annotate(acted_on=_acted_on(today), **standings_facts(today, is_masked=True))
    return rows.values_list(*masked_facts(today), named=True)


@dataclass(frozen=True)
class MaskedList:
    """How the rows of one reader's list are told, on a day and in the language of the moment."""

    shown: Mapping[Traits, Traits]
    provinces: Mapping[str, str]
    today: date

    @classmethod
    def of(cls, user: Any, today: date) -> MaskedList:
        """Counted over all that the reader sees without names, whatever the filters: they leave what is told alone."""
        rows = _with_traits(Case.rows.all().masked_for(user).order_by(), user)
        counts = {traits_of(*traits): n for *traits, n in rows.values_list(*TRAITS).annotate(n=Count("pk"))}
        return cls(coarsened(counts), provinces_of({traits.province for traits in counts}), today)

    def told(self, row: Any) -> MaskedCase:
        """A row of for_masked_list() in words."""
        traits = traits_of(row.office_id, row.told_programmes, row.province, row.band, row.month)
        shown = self.shown.get(traits) or traits._replace(province=None, band=None, opened=None)
        labels = {entry.key: entry.label for entry in registry}
        return MaskedCase(
            code=code_of("cases.masked", row.pk),
            age=_worded(shown.band, BAND_WORDS),
            province=_worded(shown.province, self.provinces),
            programmes=[labels.get(key, key) for key in shown.programmes],
            stages=stages_of(row, shown.programmes),
            opened=NOT_TOLD if shown.opened is None else _time(shown.opened),
            silent=self._silent(row),
        )

    def _silent(self, row: Any) -> Words:
        if row.state == CaseState.CLOSED:
            return "–"
        days = (self.today - row.acted_on).days
        return next((words for least, words in SINCE if days >= least), SINCE[-1][1])


def _worded(told: str | None, words: Mapping[str, Words]) -> Words:
    return NOT_TOLD if told is None else words.get(told, NOT_KNOWN)


def _time(opened: str) -> str:
    """“Nov 2026” or the year."""
    language, (year, *month) = (get_language() or "en")[:2], opened.split("-")
    return month_and_year(date(int(year), int(*month), 1), language) if month else year_text(int(year), language)
