"""The trace of a council's policy: every row of its catalogue, where it lives in the program, and which tests show it.

Nothing of it is written by hand: the places come from the ids in the council's data, the tests from their marks
(``@pytest.mark.policy("E16")``).
"""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from forms.kit.authority import AuthorityProfile
from forms.kit.policy import CatalogueRow, Level, Outcome, Requirement, Route, Verb

CHECKOUT: Final = Path(__file__).resolve().parents[1]
"""Where the tests lie beside the program, if it is not installed without them."""


class PlaceKind(StrEnum):
    """What a row lives in."""

    PAGE = "page"
    REQUIREMENT = "requirement"
    ROUTE = "route"
    GUIDANCE = "guidance"
    SCHEDULE = "schedule"
    DOCUMENT = "document"
    SETTING = "setting"
    SIGNER = "signer"
    DECLARATION = "declaration"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row lives.

    Attributes:
        name: ``page.field``, the id of a requirement, the page and the party of a guidance text.
        does: the verbs that it carries out for the row.
    """

    kind: PlaceKind
    name: str
    does: tuple[Verb, ...]


@dataclass(frozen=True, slots=True)
class Traced:
    """A row with where it lives and the tests that carry its id."""

    row: CatalogueRow
    places: tuple[Place, ...]
    tests: tuple[str, ...]

    @property
    def unkept(self) -> tuple[Verb, ...]:
        """Verbs that no place carries out."""
        done = {verb for place in self.places for verb in place.does}
        return tuple(verb for verb in self.row.verbs if verb not in done)

    def as_json(self) -> dict[str, Any]:
        """The row as the command line prints it."""
        return {
            "id": self.row.id,
            "verbs": list(self.row.verbs),
            "source": self.row.source,
            "lives": [{"kind": one.kind, "name": one.name, "does": list(one.does)} for one in self.places],
            "tests": list(self.tests),
        }


def trace(profile: AuthorityProfile, tests: Mapping[str, tuple[str, ...]]) -> tuple[Traced, ...]:
    """Every row of a council's catalogue, in its order; ``tests`` are names of tests by row."""
    places: dict[str, list[Place]] = defaultdict(list)
    for id, place in _places(profile):
        if place not in places[id]:
            places[id].append(place)
    return tuple(Traced(row, tuple(places[row.id]), tests.get(row.id, ())) for row in profile.rows)


def _places(profile: AuthorityProfile) -> Iterator[tuple[str, Place]]:
    yield from _questions(profile)
    for requirement in profile.requirements:
        place = Place(PlaceKind.REQUIREMENT, requirement.id, _does(requirement))
        yield from ((id, place) for id in (requirement.id, *requirement.rows))
    demand = Place(PlaceKind.REQUIREMENT, "every required question", (Verb.CHECK, Verb.BLOCK))
    yield profile.in_full_id, demand
    for route in profile.routes:
        place = Place(PlaceKind.ROUTE, route.id, _leads(route))
        yield from ((id, place) for id in (route.id, *route.rows))
    for text in profile.guidance:
        yield text.id, Place(PlaceKind.GUIDANCE, " ".join(filter(None, (text.page, text.party))), (Verb.INFORM,))
    yield from _made(profile)
    for signer in profile.signers:
        yield from ((id, Place(PlaceKind.SIGNER, signer.role, (Verb.DECLARE,))) for id in signer.rows)
    for row in profile.rows:
        yield from ((row.id, Place(PlaceKind.LATER, verb, (verb,))) for verb in row.later)


def _questions(profile: AuthorityProfile) -> Iterator[tuple[str, Place]]:
    for asked in profile.asked:
        kind = PlaceKind.DECLARATION if Verb.DECLARE in asked.does else PlaceKind.PAGE
        names = [f"{asked.page}.{field}" for field in asked.fields] or [asked.page]
        yield from ((asked.id, Place(kind, name, asked.does)) for name in names)


def _made(profile: AuthorityProfile) -> Iterator[tuple[str, Place]]:
    """What the program writes, dates or may be set."""
    for document in profile.documents:
        place = Place(PlaceKind.DOCUMENT, document.title, (Verb.GENERATE,))
        yield from ((id, place) for id in (document.id, *document.rows))
    for due in profile.dates:
        does = (Verb.SCHEDULE, Verb.COUNT, Verb.WARN) if due.on_holiday else (Verb.SCHEDULE, Verb.COUNT)
        yield from ((id, Place(PlaceKind.SCHEDULE, due.title, does)) for id in (due.id, *due.rows))
    for recipient in (profile.recipient, *profile.recipients):
        yield from ((id, Place(PlaceKind.SETTING, recipient.name, (Verb.SET,))) for id in recipient.rows)
    for contact in profile.contacts:
        place = Place(PlaceKind.SETTING, contact.name, (Verb.SET,))
        yield from ((id, place) for id in (contact.id, *contact.rows))


def _does(requirement: Requirement) -> tuple[Verb, ...]:
    """What a requirement does by its level; one that may rise to a must warns and blocks."""
    does = [Verb.CHECK]
    if requirement.level is Level.SHOULD:
        does.append(Verb.WARN)
    if requirement.level is Level.MUST or requirement.must_when:
        does.append(Verb.BLOCK)
    return tuple(does)


def _leads(route: Route) -> tuple[Verb, ...]:
    does = [Verb.ROUTE, Verb.INFORM, Verb.COUNT, Verb.CHECK]
    if route.outcome is not Outcome.GO_ON:
        does.append(Verb.WARN)
    if route.outcome is Outcome.STOP:
        does.append(Verb.BLOCK)
    return tuple(does)


def marked_tests(checkout: Path = CHECKOUT) -> dict[str, tuple[str, ...]]:
    """Names of the tests that carry the id of a row, by id; none where the program was installed without its tests.

    Marks are read from the source: those above a test, those of a parametrised case, and those in a list of cases that
    the test names (``@pytest.mark.parametrize(..., CASES)``). An id has to be written out.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for file in sorted((checkout / "tests").rglob("test_*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for test, id in _marks(tree):
            found[id].add(f"{file.relative_to(checkout).as_posix()}::{test}")
    return {id: tuple(sorted(names)) for id, names in found.items()}


def _marks(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Tests of a module with the ids they carry."""
    named = dict(_assigned(tree))
    whole = list(_ids([named["pytestmark"]], named)) if "pytestmark" in named else []
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield from ((node.name, id) for id in (*whole, *_ids(node.decorator_list, named)))


def _assigned(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    """What the module gives a name to."""
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from ((target.id, node.value) for target in targets if isinstance(target, ast.Name))


def _ids(roots: Iterable[ast.expr], named: Mapping[str, ast.expr]) -> Iterator[str]:
    """Ids of the ``policy(...)`` marks in these expressions, and in the module's own lists that they name."""
    for root in roots:
        for node in ast.walk(root):
            if isinstance(node, ast.Call) and _is_policy(node.func):
                yield from (str(one.value) for one in node.args if isinstance(one, ast.Constant))
            elif isinstance(node, ast.Name) and node.id in named:
                yield from _ids([named[node.id]], {k: v for k, v in named.items() if k != node.id})


def _is_policy(function: ast.expr) -> bool:
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name == "policy"
