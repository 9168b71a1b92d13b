"""What cannot be in a council's file: names that do not exist, rows that contradict each other or lead nowhere."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from forms.kit.ask import Question, Widget, questions_by_name
from wizard.councils.check_calls import Pages, checks
from wizard.councils.dead_ends import dead_ends
from wizard.councils.lines import Path
from wizard.councils.names import CONTENTS, LETTER_WORDS, allowed, question_sets
from wizard.councils.read_rows import Data, every_row, rows_of, texts_of
from wizard.councils.shape import Fault
from wizard.validation.conditions import CONDITIONS

_ID = re.compile(r"[a-z][a-z0-9-]*")
_ADDRESS = re.compile(r"[^@\s]+@([A-Za-z0-9-]+\.)+[A-Za-z]{2,}")


def faults(data: Data, pages: Pages) -> Iterator[Fault]:
    """Everything that is wrong, as far as the shape lets it be seen."""
    for rule in RULES:
        yield from rule(data)
    for rule_of_pages in RULES_OF_PAGES:
        yield from rule_of_pages(data, pages)


def _question(pages: Pages, page: str, field: str) -> Question | None:
    model = pages.get(page)
    return questions_by_name(model).get(field) if model else None


def _conditions(data: Data) -> Iterator[Fault]:
    for path, row in every_row(data):
        for place, name in texts_of(path, row, "when", "must_when"):
            if name not in CONDITIONS:
                yield Fault(place, f"There is no condition “{name}”.", allowed(name, CONDITIONS, "conditions"))


def _pages(data: Data, pages: Pages) -> Iterator[Fault]:
    for path, row in every_row(data):
        for place, name in texts_of(path, row, "page", "pages"):
            if name not in pages and not (name == "" and path[0] == "signers"):
                yield Fault(place, f"There is no page “{name}”.", allowed(name, pages, "pages"))
    for path, row in rows_of(data, "asked"):
        page = str(row.get("page"))
        for place, name in texts_of(path, row, "fields"):
            yield from _answer(place, f"{page}.{name}", pages) if page in pages else ()
    reasons = data.get("why")
    for name in reasons if isinstance(reasons, dict) else ():
        yield from _answer(("why", name), name, pages)


def _doubled(data: Data) -> Iterator[Fault]:
    """Rows of a kind that cannot be told apart."""
    keys = {"guidance": ("id", "page", "when", "party"), "asked": ("id", "page"), "signers": ("role",)}
    for kind in ("requirements", "routes", "rows", "documents", "dates", "contacts", *keys):
        seen: dict[str, Path] = {}
        names = keys.get(kind, ("id",))
        for path, row in rows_of(data, kind):
            mark = repr([row.get(name) for name in names])
            if mark in seen and names[0] in row:
                same = "role" if kind == "signers" else "id"
                words = f"“{row[names[0]]}” stands twice among the {kind}."
                remedy = f"Give one of them another {same}, such as “{row[names[0]]}b”, or take one out."
                yield Fault((*path, names[0]), words, remedy)
            seen.setdefault(mark, path)


def _strays(data: Data) -> Iterator[Fault]:
    """Ids that are not in the council's catalogue, where it has one; further cases (E17n) name their row."""
    known = {str(row.get("id")) for _, row in rows_of(data, "rows")}
    if not known:
        return
    for place, name in _cited(data):
        if name not in known:
            yield Fault(place, f"“{name}” is no row of the catalogue.", allowed(name, known))


def _cited(data: Data) -> Iterator[tuple[Path, str]]:
    yield from texts_of((), data, "in_full_id")
    for kind in ("guidance", "asked"):
        for path, row in rows_of(data, kind):
            yield from texts_of(path, row, "id")
    for kind in ("requirements", "routes", "documents", "dates", "contacts"):
        for path, row in rows_of(data, kind):
            yield from texts_of(path, row, "rows" if row.get("rows") else "id")
    for path, row in (*rows_of(data, "signers"), *_recipients(data)):
        yield from texts_of(path, row, "rows")


def _recipients(data: Data) -> Iterator[tuple[Path, Data]]:
    """Where a referral goes, and where it goes instead in some cases."""
    recipient = data.get("recipient")
    if isinstance(recipient, dict):
        yield ("recipient",), recipient
    yield from rows_of(data, "recipients")


def _levels(data: Data) -> Iterator[Fault]:
    for path, row in rows_of(data, "requirements"):
        level = row.get("level")
        if level == "inform" and row.get("override") is True:
            words = "A reason may stand in for something that is only shown, so nobody can be asked for it."
            yield Fault((*path, "override"), words, "Take “override” out, or make the level should or must.")
        if level == "must" and row.get("must_when"):
            words = "“must_when” raises the level to must, and it is must already."
            yield Fault((*path, "must_when"), words, "Take “must_when” out, or make the level should.")


def _routes(data: Data) -> Iterator[Fault]:
    rows = list(rows_of(data, "routes"))
    if rows and not any(row.get("when") == [] for _, row in rows):
        words = "No route is for every referral, so the first page could say nothing."
        yield Fault(rows[-1][0], words, "Put one at the end with when = [].")


def _recipient(data: Data) -> Iterator[Fault]:
    for path, recipient in _recipients(data):
        yield from _one_recipient(path, recipient)


def _one_recipient(path: Path, recipient: Data) -> Iterator[Fault]:
    email = recipient.get("email", "")
    if isinstance(email, str) and email and not _ADDRESS.fullmatch(email):
        words = "The e-mail address is not one."
        yield Fault((*path, "email"), words, "Write one address, such as medical@council.gov.uk.")
    largest = recipient.get("max_mb", 20)
    if type(largest) is int and not 1 <= largest <= 1000:
        yield Fault((*path, "max_mb"), "Nothing could be sent with this size.", "Write the megabytes: max_mb = 20.")


def _letters(data: Data, pages: Pages) -> Iterator[Fault]:
    for path, row in rows_of(data, "documents"):
        content = row.get("content")
        if isinstance(content, str) and content and content not in CONTENTS:
            yield Fault((*path, "content"), f"There is no section “{content}”.", allowed(content, CONTENTS))
        if not content and not row.get("body"):
            yield Fault(path, "The document says nothing.", 'Add its paragraphs: body = ["...", "..."].')
        for place, text in texts_of(path, row, "to", "body"):
            for name in re.findall(r"\{([^{}]*)\}", text):
                yield from _in_braces(place, name, pages)


def _in_braces(place: Path, name: str, pages: Pages) -> Iterator[Fault]:
    page, dot, _ = name.partition(".")
    if dot:
        yield from _answer(place, name, pages)
    elif name not in LETTER_WORDS and not re.fullmatch(r"today\+\d{1,3}", name):
        yield Fault(place, f"There is no “{{{page}}}” to fill in.", allowed(page, LETTER_WORDS, "letters"))


def _answer(place: Path, name: str, pages: Pages) -> Iterator[Fault]:
    """A fault if ``page.field`` does not exist."""
    page, _, field = name.partition(".")
    if page not in pages:
        yield Fault(place, f"There is no page “{page}”.", allowed(page, pages, "pages"))
        return
    model = pages[page]
    if model is not None and field not in model.model_fields:
        yield Fault(place, f"Page “{page}” has no field “{field}”.", allowed(field, model.model_fields, "fields"))


def _dates(data: Data, pages: Pages) -> Iterator[Fault]:
    requirements = {str(row.get("id")) for _, row in rows_of(data, "requirements")}
    for path, row in rows_of(data, "dates"):
        for place, name in texts_of(path, row, "after", "seen_to", "done_by"):
            if "." in name:
                yield from _answer(place, name, pages)
            elif name and name not in ("sent", "today") and name not in requirements:
                words = f"“{name}” is neither an answer, such as “receipt.day”, nor a requirement."
                yield Fault(place, words, allowed(name, ("sent", "today", *requirements)))
        after = row.get("after", "")
        page, _, field = after.partition(".") if isinstance(after, str) else ("", "", "")
        question = _question(pages, page, field)
        if question is not None and question.widget is not Widget.DATE:
            yield Fault((*path, "after"), f"“{after}” is no date to count from.", "Name a question with a date.")


def _settings(data: Data) -> Iterator[Fault]:
    id = data.get("id")
    if isinstance(id, str) and not _ID.fullmatch(id):
        words = "A council’s id is in small letters, figures and hyphens."
        yield Fault(("id",), words, 'Write it like this: id = "exampleshire".')
    for path, row in every_row(data):
        for place, link in texts_of(path, row, "link"):
            if link and not re.match(r"https?://|mailto:", link):
                yield Fault(place, "The link does not begin as a web address does.", "Begin it with https://.")
    sets = question_sets()
    for place, name in texts_of((), data, "asks"):
        if name not in sets:
            yield Fault(place, f"There is no set of questions “{name}”.", allowed(name, sets, "sets"))
    days = data.get("threshold_days", 0)
    if type(days) is int and days < 0:
        yield Fault(("threshold_days",), "A threshold cannot be below nothing.", "Write 0 where there is none.")


def _alike(data: Data) -> Iterator[Fault]:
    """A later verb that is none of the row's verbs."""
    for path, row in rows_of(data, "rows"):
        verbs = row.get("verbs")
        for place, verb in texts_of(path, row, "later"):
            if isinstance(verbs, list) and verb not in verbs:
                yield Fault(
                    place,
                    f"“{verb}” is said to come later, and is none of the row’s verbs.",
                    "Add it to “verbs”, or take it out here.",
                )


Rule = Callable[[Data], Iterator[Fault]]
RULES: Final[tuple[Rule, ...]] = (
    _settings,
    _recipient,
    _conditions,
    _doubled,
    _strays,
    _levels,
    _routes,
    _alike,
    dead_ends,
)
"""What a file is held to beyond its shape."""
RULES_OF_PAGES: Final = (_pages, checks, _letters, _dates)
"""The same for what names pages and their questions."""
