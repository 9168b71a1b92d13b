"""Pages that a council adds in its own file: made from data, and from then on pages like any other."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Annotated, Any, ClassVar, Final, NamedTuple

from pydantic import create_model

from forms.kit.ask import Ask, Card, Choice, NotKnown, OrNotKnown, RawCard, YesNo, questions_by_name
from forms.kit.blanks import blank
from forms.kit.own import Given, Kind, OwnPage, OwnQuestion
from forms.kit.page import Answers, Page
from forms.kit.types import Day, Line, LongText, Number

Path = tuple[str | int, ...]
OWN_ID: Final = r"^[a-z0-9_-]+-[a-z][a-z0-9_]{0,39}$"
"""What the id of a page of a council's own looks like: no page that all councils have holds a hyphen."""
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_TYPES: Final[Mapping[Kind, Any]] = {
    Kind.LINE: Line,
    Kind.TEXT: LongText,
    Kind.YES_NO: YesNo,
    Kind.DATE: Day,
    Kind.NUMBER: Number,
}


class _Own(Page):
    """What the pages of councils have in common.

    Attributes:
        hangs_on: page, question and answers, all of which it waits for.
    """

    hangs_on: ClassVar[tuple[tuple[type[Page], str, tuple[str, ...]], ...]] = ()

    @classmethod
    def asked(cls, answers: Answers) -> bool:
        """Put when the answers that it hangs on were given."""
        return all(_given(answers.value(page, name), wanted) for page, name, wanted in cls.hangs_on)


def is_own(page: str) -> bool:
    """Whether this is the id of a page of some council's own; it alone has a hyphen."""
    return re.search(OWN_ID, page, re.ASCII) is not None


def build(page: OwnPage, known: Mapping[str, type[Page]]) -> type[Page]:
    """The page; ``known`` are those that it may hang on. Only for a file in which ``mistakes`` finds nothing.

    A later referral of the pupil takes its answers over as it does those of its form, which the catalogue knows.
    """
    model = create_model(page.id, __base__=_Own, **_fields(page.questions, page.id))
    model.id, model.task, model.heading, model.intro = page.id, page.task, page.heading, page.intro
    model.hangs_on = tuple((known[one.page], one.question, one.answers) for one in page.when)
    return model


def _fields(asked: Sequence[OwnQuestion], of: str) -> dict[str, Any]:
    shown: dict[str, Callable[[RawCard], bool] | None] = {}
    fields = {}
    for question in asked:
        when = None if question.when is None else _while(question.when, shown[question.when.question])
        shown[question.name] = when
        ask = Ask(question.label, question.hint, question.why, when, needed=question.required and when is not None)
        always = question.required and when is None
        hint = _type(question, f"{of}.{question.name}")
        fields[question.name] = (Annotated[hint if always else hint | None, ask], ... if always else None)
    return fields


def _type(question: OwnQuestion, of: str) -> Any:  # noqa: ANN401 - an annotation
    if question.kind is Kind.CHOICE:
        members = [(f"ANSWER_{number}", pair) for number, pair in enumerate(question.choices)]
        hint: Any = type(Choice).__call__(Choice, of, members)
    elif question.kind is Kind.TABLE:
        card = create_model(of, __base__=Card, **_fields(question.columns, of))
        hint = tuple.__class_getitem__((card, ...))
    else:
        hint = _TYPES[question.kind]
    or_not_known: Any = OrNotKnown
    return or_not_known[hint] if question.not_known else hint


def _while(given: Given, before: Callable[[RawCard], bool] | None) -> Callable[[RawCard], bool]:
    """While another question, itself shown, has one of these answers."""

    def shown(raw: RawCard) -> bool:
        value = raw.get(given.question)
        return (before is None or before(raw)) and (value in given.answers if given.answers else not blank(value))

    return shown


def _given(value: object, wanted: tuple[str, ...]) -> bool:
    if value in (None, ()) or isinstance(value, NotKnown):
        return False
    return not wanted or any(one in wanted for one in (value if isinstance(value, tuple) else (value,)))


class Mistake(NamedTuple):
    """Something wrong in a council's file.

    Attributes:
        path: where it stands there, keys and numbers of rows from 0: ``("pages", 0, "questions", 2, "when")``.
    """

    path: Path
    sentence: str
    remedy: str


def mistakes(
    own: Sequence[OwnPage], council: str, known: Mapping[str, type[Page]], forms: Sequence[str]
) -> Iterator[Mistake]:
    """What is wrong with the pages of a council's own.

    Args:
        own: the pages.
        council: id of the council.
        known: the pages that every council has.
        forms: ids of the forms that may take further pages.
    """
    earlier = dict(known)
    for number, page in enumerate(own):
        found = [*_of_page(page, council, earlier, forms), *_of_questions(page.questions, Page)]
        yield from _at(("pages", number), found)
        if page.id not in earlier and not found:
            earlier[page.id] = build(page, earlier)


def _at(place: Path, found: Iterable[Mistake]) -> Iterator[Mistake]:
    return (Mistake((*place, *one.path), one.sentence, one.remedy) for one in found)


def _of_page(page: OwnPage, council: str, earlier: Mapping[str, type[Page]], forms: Sequence[str]) -> Iterator[Mistake]:
    start, _, name = page.id.rpartition("-")
    if page.id in earlier:
        yield Mistake(("id",), f"There is a page “{page.id}” already.", "Give each page an id of its own.")
    elif start != council or not _NAME.fullmatch(name):
        yield Mistake(
            ("id",),
            f"“{page.id}” could be taken for a page that is not this council’s.",
            f"Write the council’s id, a hyphen and a name of small letters and figures, such as “{council}-transport”.",
        )
    if page.form not in forms:
        yield Mistake(
            ("form",), f"There is no form “{page.form}” that takes pages.", f"Use one of: {', '.join(forms)}."
        )
    for name, text in (("task", page.task), ("heading", page.heading)):
        if not text:
            yield Mistake((name,), f"The {name} of the page is empty.", "Write it.")
    if not page.questions:
        yield Mistake(("questions",), "The page has no question.", "Add [[pages.questions]] under it.")
    for number, given in enumerate(page.when):
        yield from _at(("when", number), _of_given(given, earlier))


def _of_given(given: Given, earlier: Mapping[str, type[Page]]) -> Iterator[Mistake]:
    if given.page not in earlier:
        yield Mistake(
            ("page",), f"There is no page “{given.page}” before this one.", "Name a page that is asked earlier."
        )
        return
    asked = questions_by_name(earlier[given.page])
    if given.question not in asked:
        sentence = f"The page “{given.page}” has no question “{given.question}”."
        yield Mistake(("question",), sentence, f"It has: {', '.join(asked)}.")
    else:
        yield from _strays(given.answers, [str(choice) for choice in asked[given.question].choices])


def _of_questions(asked: Sequence[OwnQuestion], of: type[Page] | type[Card]) -> Iterator[Mistake]:
    earlier: dict[str, OwnQuestion] = {}
    part = "columns" if of is Card else "questions"
    for number, question in enumerate(asked):
        checks = (_of_name(question.name, of, earlier), _of_kind(question, of), _of_when(question.when, earlier))
        yield from _at((part, number), chain(*checks))
        earlier.setdefault(question.name, question)


def _of_name(name: str, of: type[Page] | type[Card], earlier: Collection[str]) -> Iterator[Mistake]:
    if not _NAME.fullmatch(name):
        remedy = "Use small letters, figures and underscores, a letter first."
        yield Mistake(("name",), f"A question cannot have the name “{name}”.", remedy)
    elif hasattr(of, name) or name.startswith("model_"):
        yield Mistake(("name",), f"The program needs the name “{name}” for itself.", "Choose another.")
    elif name in earlier:
        yield Mistake(("name",), f"There is a question “{name}” here already.", "Give each a name of its own.")


def _of_kind(question: OwnQuestion, of: type[Page] | type[Card]) -> Iterator[Mistake]:
    kind, choices = question.kind, question.choices
    if not question.label:
        yield Mistake(("label",), "The label is empty.", "Write the question as it is to stand on the screen.")
    if kind is Kind.CHOICE and not choices:
        yield Mistake((), "A choice needs its answers.", 'Add: choices = { bus = "By bus", foot = "On foot" }')
    elif kind is not Kind.CHOICE and choices:
        yield Mistake(("choices",), "Only a choice has choices.", 'Write: kind = "choice"')
    if len({value for value, _ in choices}) != len(choices) or not all(value and words for value, words in choices):
        yield Mistake(("choices",), "Each choice needs a name of its own, and words.", "Write both.")
    if kind is Kind.TABLE and of is Card:
        yield Mistake(("kind",), "A table cannot stand in a table.", "Put it on the page, beside the other.")
    elif kind is Kind.TABLE and not question.columns:
        yield Mistake((), "A table needs columns.", "Add [[pages.questions.columns]] under it.")
    elif kind is not Kind.TABLE and question.columns:
        yield Mistake(("columns",), "Only a table has columns.", 'Write: kind = "table"')
    else:
        yield from _of_questions(question.columns, Card)


def _of_when(when: Given | None, earlier: Mapping[str, OwnQuestion]) -> Iterator[Mistake]:
    if when is None:
        return
    if when.page:
        sentence = "A question can hang on an answer of its own page only."
        yield Mistake(("when", "page"), sentence, "Take “page” out, or put “when” on the page itself.")
    elif when.question not in earlier:
        sentence = f"There is no question “{when.question}” above this one."
        yield Mistake(("when", "question"), sentence, "Name one that is.")
    else:
        on = earlier[when.question]
        allowed = [str(one) for one in YesNo] if on.kind is Kind.YES_NO else [value for value, _ in on.choices]
        yield from _at(("when",), _strays(when.answers, allowed))


def _strays(answers: Sequence[str], allowed: Sequence[str]) -> Iterator[Mistake]:
    """Answers that the question on which something hangs does not have."""
    if strays := [one for one in answers if one not in allowed]:
        remedy = (
            f"Its answers are: {', '.join(allowed)}." if allowed else "Leave “answers” out: then any answer counts."
        )
        yield Mistake(("answers",), f"“{strays[0]}” is no answer to that question.", remedy)
