"""A page is a model: its fields are its questions, and ``asked`` says whether it is put at all."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, ClassVar, TypeVar

from pydantic import ValidationError

from forms.kit.ask import Fields, NotKnown, Question, questions, questions_by_name
from forms.kit.authority import AuthorityProfile
from forms.kit.blanks import MAPPINGS, blank, without_blanks
from forms.kit.messages import sentence

MOST_CARDS = 1_000
"""Cards under one question beyond which nobody entered them, and judging them takes minutes."""


@dataclass(frozen=True)
class Context:
    """What the forms are judged against but do not know: the council, today, and the register as counted.

    Attributes:
        health_days: school days lost to health that the register shows; ``None`` without a register.
        sickness_return_due: the council is to be told of fifteen days of illness, reached or expected.
        sent: day on which the pack was last sent; ``None`` before.
    """

    authority: AuthorityProfile
    today: date
    health_days: float | None = None
    sickness_return_due: bool = False
    sent: date | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """What stands in the way of a good answer, and where to put it right.

    Attributes:
        path: field, and for cards the number of the card and its field: ``("cycles", 1, "start")``.
        missing: nothing was answered, rather than something doubtful.
    """

    page: str
    path: tuple[str | int, ...]
    sentence: str
    missing: bool = False


@dataclass(frozen=True)
class Reading:
    """A page's raw answers, read: the good values, what is wrong, and the model when all is good."""

    model: "Page | None"
    values: Mapping[str, Any]
    problems: tuple[Problem, ...]


class Page(Fields):
    """One screen of the wizard.

    Attributes:
        id: key of the page in ``referral.json``.
        task: its name in the task list.
        heading: what the page asks; ``{pupil}`` is replaced.
        intro: a paragraph beneath it.
        screen: the widget that shows it, where it is more than questions.
        kept: its answers are the school's, and are offered again in the next referral.
        not_kept: fields of such a page that are about one pupil.
        carried: its answers are offered again in a later referral of the same pupil.
        not_carried: fields of such a page that hold for one referral only.
        question_set: its name in a council's ``asks``, where not every council asks it; ``asked`` then need not look,
            and the task lists of the others do not speak of it.
    """

    id: ClassVar[str] = ""
    task: ClassVar[str] = ""
    heading: ClassVar[str] = ""
    intro: ClassVar[str] = ""
    screen: ClassVar[str] = "questions"
    kept: ClassVar[bool] = False
    not_kept: ClassVar[frozenset[str]] = frozenset()
    carried: ClassVar[bool] = False
    not_carried: ClassVar[frozenset[str]] = frozenset()
    question_set: ClassVar[str] = ""

    @classmethod
    def asked(cls, answers: "Answers") -> bool:
        """Whether the answers so far put this page at all."""
        return True

    def doubts(self, context: Context) -> Iterable[Problem]:
        """What is wrong across the fields of a page whose fields are good one by one."""
        return ()

    def derived(self) -> Mapping[str, str]:
        """What follows from good answers and is printed after them: label to text."""
        return {}

    def follows(self, answers: "Answers") -> Mapping[str, str]:
        """The same, where answers of other pages have a say in it."""
        return self.derived()

    @classmethod
    def doubt(cls, name: str, words: str) -> Problem:
        """A problem at one of this page's fields."""
        return Problem(cls.id, (name,), words)

    @classmethod
    def read(cls, raw: object, not_known: Mapping[str, str], context: Context) -> Reading:
        """Judge raw answers; never raises, whatever they are."""
        if not isinstance(raw, MAPPINGS):
            return Reading(None, {}, (Problem(cls.id, (), "The answers of this page cannot be read."),))
        asked = cls.put(raw, not_known)
        if crowded := tuple(_crowded(cls, asked)):
            return Reading(None, {}, crowded)
        late = tuple(_needed(cls, raw, asked))
        judge = {"context": context}
        try:
            model = cls.model_validate(asked, context=judge)
        except ValidationError as error:
            problems = tuple(_problems(cls, error))
            bad = {problem.path[0] for problem in problems if problem.path}
            return Reading(None, _good(cls, asked, bad, judge), problems + late)
        doubts = late + tuple(model.doubts(context))
        return Reading(None if doubts else model, model.__dict__, doubts)

    @classmethod
    def put(cls, raw: Mapping[str, Any], not_known: Mapping[str, str]) -> dict[str, Any]:
        """What of the raw answers is given to the model: neither blanks nor questions that are not shown."""
        asked = without_blanks(cls, raw)
        for name, why in not_known.items():
            asked.setdefault(name, NotKnown(because=why))
        return asked


@dataclass(frozen=True, slots=True)
class Form:
    """Pages that belong together: a section of the task list and of the pack.

    Attributes:
        restricted: printed last, for the designated safeguarding lead.
        printed: whether its answers are printed as a section of the pack.
        after: it is filled in once the pack has gone: not printed, not signed for, and nothing the pack waits for.
    """

    id: str
    title: str
    pages: tuple[type[Page], ...]
    restricted: bool = False
    printed: bool = True
    after: bool = False


P = TypeVar("P", bound=Page)


@dataclass(frozen=True)
class Answers:
    """Everything answered, kept as typed, and read on demand.

    Attributes:
        raw: ``{page id: {field: value as typed}}``; pages and fields no longer asked stay in it.
        not_known: ``{"page.field": reason}``.
    """

    raw: Mapping[str, Any]
    context: Context
    not_known: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _readings(self) -> dict[str, Reading]:
        return {}

    @cached_property
    def _asked(self) -> dict[str, bool]:
        return {}

    @cached_property
    def _reasons(self) -> dict[str, dict[str, str]]:
        grouped: dict[str, dict[str, str]] = {}
        for key, because in self.not_known.items():
            page, _, name = key.partition(".")
            if isinstance(because, str) and because.strip():
                grouped.setdefault(page, {})[name] = because.strip()
        return grouped

    def not_known_on(self, page: str) -> Mapping[str, str]:
        """The reasons given on a page for not knowing, by field."""
        return self._reasons.get(page, {})

    def reading(self, page: type[Page]) -> Reading:
        """A page as read, whether or not it is asked."""
        if page.id not in self._readings:
            known = questions_by_name(page)
            given = self.not_known_on(page.id).items()
            reasons = {name: why for name, why in given if name in known and known[name].can_be_not_known}
            self._readings[page.id] = page.read(self.raw.get(page.id, {}), reasons, self.context)
        return self._readings[page.id]

    def of_council(self, page: type[Page]) -> bool:
        """Whether the council has such a page at all: it belongs to every council, or to a set that this one asks."""
        return not page.question_set or page.question_set in self.context.authority.asks

    def asks(self, page: type[Page]) -> bool:
        """Whether a page is asked, by the council and by the answers; worked out once."""
        if page.id not in self._asked:
            self._asked[page.id] = self.of_council(page) and page.asked(self)
        return self._asked[page.id]

    def get(self, page: type[P]) -> P | None:
        """The page's answers, or ``None`` when it is not asked, not answered or not good."""
        if not self.asks(page):
            return None
        model = self.reading(page).model
        return model if isinstance(model, page) else None

    def value(self, page: type[Page], name: str) -> Any:  # noqa: ANN401 - the type is the field's
        """One good answer of a page that is asked, even if others there are not good; else ``None``."""
        return self.reading(page).values.get(name) if self.asks(page) else None

    def begun(self, page: type[Page]) -> bool:
        """Whether anything at all was answered on a page."""
        raw = self.raw.get(page.id)
        if isinstance(raw, Mapping):
            return any(not blank(value) for value in raw.values()) or bool(self.not_known_on(page.id))
        return raw is not None


def _needed(model: type[Page], raw: Mapping[Any, Any], asked: Mapping[str, Any]) -> Iterator[Problem]:
    """Fields that the model allows to be absent but that are shown and needed, on the page and in its cards."""
    for question in _needing(model):
        if question.ask.needed and question.name not in asked and question.shown(raw):
            yield _missing(model.id, (question.name,), question)
        cards = asked.get(question.name)
        if question.card is None or not isinstance(cards, list):
            continue
        for number, card in enumerate(cards):
            for inner in _needing(question.card):
                if inner.ask.needed and isinstance(card, MAPPINGS) and inner.name not in card and inner.shown(card):
                    yield _missing(model.id, (question.name, number, inner.name), inner)


@lru_cache(maxsize=256)
def _needing(model: type[Fields]) -> tuple[Question, ...]:
    """The questions that may be needed while they are shown, themselves or inside their cards."""
    inside = (q for q in questions(model) if q.ask.needed or (q.card is not None and _needing(q.card)))
    return tuple(inside)


def _crowded(page: type[Page], asked: Mapping[str, Any]) -> Iterator[Problem]:
    """Lists of more cards than are judged."""
    for name, cards in asked.items():
        if isinstance(cards, list) and len(cards) > MOST_CARDS:
            question = questions_by_name(page).get(name)
            if question is not None and question.card is not None:
                yield page.doubt(name, sentence("too_long", "", question.ask.label))


def _missing(page: str, path: tuple[str | int, ...], question: Question) -> Problem:
    return Problem(page, path, sentence("missing", "", question.ask.label), missing=True)


def _problems(page: type[Page], error: ValidationError) -> Iterator[Problem]:
    """Pydantic's errors in our words, one for each place."""
    seen = set()
    for detail in error.errors(include_input=False, include_url=False, include_context=False):
        path, label = _place(page, detail["loc"])
        if path not in seen:
            seen.add(path)
            missing = detail["type"] == "missing"
            yield Problem(page.id, path, sentence(detail["type"], detail["msg"], label), missing)


def _place(page: type[Page], loc: tuple[int | str, ...]) -> tuple[tuple[str | int, ...], str]:
    """Where an error belongs (branches of unions left out), and the label of the question there."""
    path: list[str | int] = []
    label, model = "This page", page if loc else None
    fields: Mapping[str, Question] = questions_by_name(model) if model else {}
    for step in loc:
        if isinstance(step, int):
            path.append(step)
        elif step in fields:
            path.append(step)
            question = fields[step]
            label = question.ask.label
            fields = questions_by_name(question.card) if question.card else {}
    return tuple(path), label


def _good(page: type[Page], asked: Mapping[str, Any], bad: set[str | int], judge: dict[str, Any]) -> dict[str, Any]:
    """The values that are good on a page where others are not."""
    values = {}
    for question in questions(page):
        if question.name in asked and question.name not in bad:
            values[question.name] = question.adapter.validate_python(asked[question.name], context=judge)
    return values
