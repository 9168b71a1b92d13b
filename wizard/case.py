"""A referral as it is kept and handed over: ``referral.json``, typed at its edges and raw inside."""

import hashlib
import json
import re
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date, datetime
from typing import Any, Self

from forms.catalogue import AFTER
from forms.kit.page import Answers, Context
from wizard import evidence_list
from wizard.errors import UnusableInput
from wizard.evidence_fact import EvidenceFact

FORMAT = 1
"""Version of ``referral.json`` that this program writes."""

_REFERENCE = re.compile(r"[A-Z0-9][A-Z0-9-]{2,31}")


@dataclass(frozen=True)
class Signature:
    """Somebody's agreement to a statement, given before the pack is built.

    Attributes:
        method: ``drawn``, ``typed`` or ``on paper``.
        when: ISO date and time.
        digest: of the answers that were signed; an edit makes another digest and so voids it.
        picture: base64 PNG of what was drawn; empty otherwise.
    """

    role: str
    name: str
    method: str
    when: str
    statement: str
    digest: str
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an answer came from that nobody typed.

    Attributes:
        source: in words: ``Common Transfer File of 21 September 2026``.
        kind: one of ``ORIGINS``.
        confirmed: ISO date and time at which somebody looked through it; empty before.
    """

    source: str
    kind: str
    confirmed: str = ""


ORIGINS = ("ctf", "list", "gias", "chronology", "school", "referral")
"""Kinds of source: a transfer file, a pupil list, the list of schools, a chronology, the school's own page, an earlier
referral."""


@dataclass(frozen=True)
class Case:
    """One referral, whole, without the documents' bytes.

    Attributes:
        authority_version: version of the council's file that it was begun under or moved over to; empty if unknown.
        known: what it keeps of that file, by which to tell what changed since (``wizard.versions``).
    """

    authority: str
    authority_version: str
    answers: Mapping[str, Any]
    reference: str = ""
    not_known: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    signatures: tuple[Signature, ...] = ()
    evidence: tuple[EvidenceFact, ...] = ()
    diary: tuple[Mapping[str, Any], ...] = ()
    origins: Mapping[str, Origin] = field(default_factory=dict)
    known: Mapping[str, Any] = field(default_factory=dict)
    given: frozenset[str] = frozenset()

    @classmethod
    def from_json(cls, data: object) -> Self:
        """Read the object of a ``referral.json``.

        Raises:
            UnusableInput: it is not a referral, or of a newer format.
        """
        top = _mapping(data, "the file")
        if top.get("format") != FORMAT:
            raise UnusableInput(
                "This is not a referral that this version can read.",
                f"A referral.json says “format”: {FORMAT} at its top.",
            )
        unknown = sorted(set(top) - _KEYS)
        if unknown:
            raise UnusableInput("The referral holds parts that this version does not know.", "Update the program.")
        authority = _mapping(top.get("authority"), "authority")
        answers = _mapping(top.get("answers"), "answers")
        return cls(
            authority=_text(authority.get("id"), "authority id"),
            authority_version=_text(authority.get("version", ""), "authority version"),
            answers=answers,
            known=_mapping(authority.get("known", {}), "authority"),
            reference=_reference(top.get("reference", "")),
            not_known=_texts(top.get("not_known", {}), "not_known"),
            reasons=_texts(top.get("reasons", {}), "reasons"),
            signatures=tuple(_record(Signature, item) for item in _list(top, "signatures")),
            evidence=tuple(evidence_list.read(_mapping(item, "evidence")) for item in _list(top, "evidence")),
            diary=tuple(_entry(item) for item in _list(top, "diary")),
            origins={key: _origin(item) for key, item in _mapping(top.get("origins", {}), "origins").items()},
            given=frozenset(top),
        )

    def to_json(self) -> dict[str, Any]:
        """The object of ``referral.json``: what was absent when it was read stays absent while it is empty."""
        whole: dict[str, Any] = {
            "format": FORMAT,
            "reference": self.reference,
            "authority": self.under,
            "answers": dict(self.answers),
            "not_known": dict(self.not_known),
            "reasons": dict(self.reasons),
            "signatures": [{k: v for k, v in asdict(item).items() if v} for item in self.signatures],
            "evidence": [evidence_list.handed_over(item) for item in self.evidence],
            "diary": [dict(item) for item in self.diary],
            "origins": {key: asdict(item) for key, item in self.origins.items()},
        }
        needed = {"format", "authority", "answers"}
        if self.given and "reference" not in self.given:
            del whole["reference"]  # the store's own name for it
        return {key: value for key, value in whole.items() if value or key in needed | self.given}

    @property
    def under(self) -> dict[str, Any]:
        """The council and the version of its file, as they are kept."""
        known = {"known": dict(self.known)} if self.known else {}
        return {"id": self.authority, "version": self.authority_version, **known}

    def view(self, context: Context) -> Answers:
        """The answers, to be read in a context."""
        return Answers(self.answers, context, self.not_known)

    def with_page(self, page: str, values: Mapping[str, Any], not_known: Mapping[str, str]) -> Self:
        """The referral with one page's raw answers replaced; what was changed no longer has its origin."""
        others = {key: why for key, why in self.not_known.items() if not key.startswith(f"{page}.")}
        mine = {f"{page}.{name}": why for name, why in not_known.items()}
        before = self.answers.get(page)
        gone = {f"{page}.{name}" for name, old in _parts(before).items() if not _stands(old, values.get(name))}
        origins = {key: origin for key, origin in self.origins.items() if key not in gone}
        return replace(self, answers={**self.answers, page: dict(values)}, not_known=others | mine, origins=origins)

    @property
    def sent(self) -> date | None:
        """The day on which the pack was last sent, by the diary."""
        for entry in reversed(self.diary):
            if entry.get("event") == "sent":
                with suppress(ValueError):
                    return date.fromisoformat(str(entry.get("when", ""))[:10])
        return None

    def signed_digest(self, apart: Collection[str] = ()) -> str:
        """Digest of everything that a signature stands for: answers, reasons and the documents.

        What is noted after sending does not count: nobody signed for it.

        Args:
            apart: requirements whose reasons do not count: why somebody has not signed may be said after others did.
        """
        content = {
            "authority": self.authority,
            "answers": {page: values for page, values in self.answers.items() if page not in AFTER},
            "not_known": {key: why for key, why in self.not_known.items() if key.partition(".")[0] not in AFTER},
            "reasons": {row: reason for row, reason in self.reasons.items() if row not in apart},
            "evidence": [evidence_list.signed(fact) for fact in self.evidence],
        }
        packed = json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":"), default=str)
        return hashlib.sha256(packed.encode()).hexdigest()[:32]

    def valid_signatures(self, apart: Collection[str] = ()) -> tuple[Signature, ...]:
        """The signatures that still stand: nothing was changed after them."""
        digest = self.signed_digest(apart) if self.signatures else ""
        return tuple(signature for signature in self.signatures if signature.digest == digest)


_LISTS = {"signatures", "evidence", "diary"}
_KEYS = {"format", "reference", "authority", "answers", "not_known", "reasons", "origins"} | _LISTS


def _parts(page: object) -> Mapping[str, Any]:
    return page if isinstance(page, Mapping) else {}


def _stands(old: object, new: object) -> bool:
    """Whether an answer is what it was; of a list of cards, whether any card is."""
    if isinstance(old, list | tuple) and isinstance(new, list | tuple):
        return any(card in new for card in old) or not old
    return old == new


def _mapping(value: object, name: str) -> dict[str, Any]:
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        raise UnusableInput(f"The referral cannot be read: {name} is not an object with names.", "Export it again.")
    return value


def _text(value: object, name: str) -> str:
    if not isinstance(value, str):
        raise UnusableInput(f"The referral cannot be read: {name} is not text.", "Export it again.")
    return value


def _texts(value: object, name: str) -> dict[str, str]:
    return {key: _text(text, name) for key, text in _mapping(value, name).items()}


def _list(top: Mapping[str, Any], name: str) -> Sequence[Any]:
    value = top.get(name, [])
    if not isinstance(value, list | tuple):
        raise UnusableInput(f"The referral cannot be read: {name} is not a list.", "Export it again.")
    return value


def _reference(value: object) -> str:
    reference = _text(value, "reference")
    if reference and not _REFERENCE.fullmatch(reference):
        raise UnusableInput("The referral's reference is not one of ours.", "It looks like R-7KQ4-2M.")
    return reference


def _record(kind: type[Signature], item: object) -> Signature:
    values = _mapping(item, "signatures")
    _moment(values.get("when"))
    names = {f.name for f in fields(kind)}
    if not names - {"picture"} <= set(values) <= names:
        raise UnusableInput("A signature in the referral cannot be read.", "Sign again.")
    return kind(**{name: _text(value, "signatures") for name, value in values.items()})


def _moment(value: object, name: str = "signatures") -> None:
    try:
        datetime.fromisoformat(_text(value, name))
    except ValueError:
        raise UnusableInput(f"A time in the referral cannot be read, under {name}.", "Export it again.") from None


def _origin(item: object) -> Origin:
    values = _mapping(item, "origins")
    if set(values) != {"source", "kind", "confirmed"} or values["kind"] not in ORIGINS:
        raise UnusableInput("The referral does not say clearly where an answer came from.", "Export it again.")
    if values["confirmed"] != "":
        _moment(values["confirmed"], "origins")
    return Origin(**{name: _text(value, "origins") for name, value in values.items()})


def _entry(item: object) -> dict[str, str]:
    return _texts(item, "diary")
