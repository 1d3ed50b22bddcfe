"""What can be printed: one class per paper, contributed by rooms and programmes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import TextChoices
from django.utils.functional import Promise

from casework.kernel.guards import YES, Verdict
from casework.programmes.contributions import registry

from .states import PaperKind
from .wording import family_language, words_in


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Which of several papers of one kind: a month, an item, a payment. `options` reach `context` as its facts."""

    key: str
    label: str
    options: Mapping[str, Any]


ONE_OF_ITS_KIND = (Choice(key="", label="", options={}),)


class DocumentKind:
    """One paper: its key, names, template, languages, the action that allows it, and whence its words come.

    `context` turns the subject into a frozen dataclass of ready words and numbers; nothing else of the subject
    reaches the page. What it returns is stored with the document, so a reprint is the same document.
    """

    key: ClassVar[str]
    title: ClassVar[str | Promise]
    """What staff call it on the screen."""
    titles: ClassVar[Mapping[str, str]]
    """What stands on the paper, by language of the paper."""
    template: ClassVar[str]
    languages: ClassVar[Sequence[str]]
    subject_type: ClassVar[str] = ""
    """Empty when the paper is about nobody, as a blank form."""
    action: ClassVar[str] = ""
    """The action of the truth table that allows this paper."""
    level: ClassVar[int] = 2
    says_no_register: ClassVar[bool] = True
    """Whether its foot says that it is no paper of the civil register. A report, and books of money and goods, which
    nobody takes for one, do not."""
    copies: ClassVar[int] = 1
    is_signed: ClassVar[bool] = False
    """Whether it comes back signed: then "waiting for signature" is work."""
    comes_back_whole: ClassVar[bool] = True
    """Whether all its pages come back; of a receipt one page stays with the family."""
    comes_back_as: ClassVar[str] = PaperKind.OTHER
    """What its scan is called on the record."""

    is_long: ClassVar[bool] = False
    """Whether it may take longer than one waits: who ordered it is told when it is done."""
    is_blank: ClassVar[bool] = False
    """Whether it is a form to be filled in by hand, printed in advance; its subject is the office."""
    is_letter: ClassVar[bool] = False
    """Whether it takes a number of the office's register of outgoing letters. Copies in other languages carry it."""

    def title_in(self, language: str) -> str:
        """The name printed on the paper."""
        return words_in(self.titles, language)

    def words(self, language: str) -> Mapping[str, Any]:
        """Fixed words of the paper in its language, for the template."""
        return {}

    def spoken(self, subject: Any) -> TextChoices | None:
        """The language that the family of the record speaks; None where none is known."""
        return None

    def languages_for(self, spoken: str | None) -> Sequence[str]:
        """The languages of the paper in the order in which they are offered where the family speaks one."""
        return self.languages

    def can_make(self, subject: Any) -> Verdict:
        """Whether the paper can be made about the record now, in any language; what is missing first when it cannot."""
        return YES

    def choices(self, subject: Any) -> Sequence[Choice]:
        """Give the papers of this kind that the record has, the usual one first; most kinds have one."""
        return ONE_OF_ITS_KIND

    def letter_language(self, subject: Any) -> str:
        """The language of a letter itself, which takes the number; in the others it is a copy."""
        return self.languages[0]

    def can_hand_out(self, document: Any) -> Verdict:
        """Whether a paper that was made may still be printed: what it tells may be told no longer."""
        return YES

    def signatories(self, subject: Any) -> Sequence[Choice]:
        """Give who can sign a letter today, the usual person first; nobody where that is not chosen."""
        return ()

    def whole(self, subject: Any) -> Any:
        """The subject as it stands now, with what the paper tells of it read in few reads, for `context`."""
        return subject

    def context(self, subject: Any, *, language: str, facts: Mapping[str, Any]) -> Any:
        """Give the paper's dataclass. `facts` are the choices made at printing: the visit, the recipient.

        Raises Refusal when the paper may not be made now.
        """
        raise NotImplementedError

    def prepared(self, facts: Mapping[str, Any]) -> Mapping[str, Any]:
        """Give the stored facts as the template wants them, such as with charts drawn from numbers."""
        return facts

    def parted(self, facts: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
        """Give the facts in parts that are laid out apart, each on pages of its own; most papers have one."""
        return (facts,)

    def case_id(self, subject: Any) -> int | None:
        """The case the paper belongs to, for its list of documents."""
        return getattr(subject, "case_id", None)

    def reference(self, subject: Any) -> str:
        """The tracking code in the footer, never a name."""
        return ""

    def addressee(self, paper: Any) -> str:
        """To whom a letter goes, for the register of letters."""
        return ""


class FamilyKind(DocumentKind):
    """What a family reads or takes home: in its language, with Thai beside it."""

    languages: ClassVar[Sequence[str]] = ("my", "th", "en", "km", "lo")
    wording: ClassVar[Mapping[str, Mapping[str, str]]]
    """The fixed words by language and key."""

    def words(self, language: str) -> Mapping[str, Any]:
        """Give the fixed words with Thai beside them: {key: {"main": …, "th": …}}; no Thai twice."""
        thai = self.wording["th"] if language != "th" else {}
        pairs = {key: {"main": self._said(key, language), "th": thai.get(key, "")} for key in self.wording["en"]}
        return {**pairs, "title_th": self.titles["th"] if language != "th" else ""}

    def _said(self, key: str, language: str) -> str:
        return words_in({code: words[key] for code, words in self.wording.items()}, language)

    def languages_for(self, spoken: str | None) -> Sequence[str]:
        """The family's language first."""
        first = family_language(spoken or "", self.languages)
        return sorted(self.languages, key=lambda language: language != first)


def blank_forms() -> list[DocumentKind]:
    """The forms that are printed in advance."""
    return [kind for kind in all_kinds() if kind.is_blank]


def spoken_in(kinds: Iterable[DocumentKind], subject: Any) -> TextChoices | None:
    """The language that the family of a record speaks, as the first paper for a family knows it."""
    family = next((kind for kind in kinds if isinstance(kind, FamilyKind)), None)
    return family.spoken(subject) if family else None


class UnknownKind(LookupError):  # noqa: N818  what went wrong
    """No room or programme contributes a paper of this key, or none about such a record."""


def all_kinds() -> list[DocumentKind]:
    """Every kind that rooms and programmes contribute, in their order."""
    return [kind() if isinstance(kind, type) else kind for kind in registry.gather("document_kinds")]


def kind_named(key: str) -> DocumentKind:
    """The kind with this key. Raises UnknownKind."""
    for kind in all_kinds():
        if kind.key == key:
            return kind
    raise UnknownKind(key)
