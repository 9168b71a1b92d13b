"""Council files: read, and their names resolved against the closed sets of ``wizard.validation``."""

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Any

from pydantic import ValidationError

from forms.catalogue import own_mistakes, pages_of
from forms.kit.authority import AuthorityProfile
from forms.kit.page import Page
from wizard.errors import UnusableInput
from wizard.validation.checks import CHECKS
from wizard.validation.conditions import CONDITIONS


def installed() -> tuple[str, ...]:
    """Ids of the councils that come with the program, in alphabetical order."""
    files = (entry.name for entry in (resources.files("resources") / "authorities").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in files if re.fullmatch(r"[^.]+\.toml", name)))


def texts(name: str) -> tuple[str, ...]:
    """A council's file, and those that continue it (``essex.toml``, ``essex.catalogue.toml``), as they stand."""
    files = sorted((resources.files("resources") / "authorities").iterdir(), key=lambda entry: entry.name)
    own = (entry for entry in files if re.fullmatch(rf"{re.escape(name)}(\.[^.]+)?\.toml", entry.name))
    return tuple(entry.read_text(encoding="utf-8") for entry in sorted(own, key=lambda entry: entry.name.count(".")))


@lru_cache(maxsize=8)
def council(name: str) -> AuthorityProfile:
    """The profile of an installed council.

    Raises:
        UnusableInput: there is no such council, or its file has a mistake.
    """
    if name not in installed():
        raise UnusableInput(
            "The referral is for a council that this program has no file for.",
            f"Councils with a file: {', '.join(installed())}.",
        )
    return parse(*texts(name))


def parse(*texts: str) -> AuthorityProfile:
    """A council's file, read and checked; lists of rows that are continued in a further file are joined.

    Raises:
        UnusableInput: naming the place of the first mistakes.
    """
    try:
        profile = AuthorityProfile.model_validate(_joined([tomllib.loads(text) for text in texts]))
    except tomllib.TOMLDecodeError as error:
        raise UnusableInput("The council's file is not TOML.", str(error)) from None
    except ValidationError as error:
        places = "; ".join(".".join(map(str, e["loc"])) for e in error.errors()[:5])
        raise UnusableInput("The council's file does not have the shape it should.", f"Look at: {places}.") from None
    if own := next(own_mistakes(profile), None):
        place = ".".join(map(str, own.path))
        raise UnusableInput(f"The council's file, {place}: {own.sentence}", own.remedy)
    unknown = tuple(_unknown_names(profile))
    if unknown:
        raise UnusableInput("The council's file uses names that do not exist.", "; ".join(unknown[:5]) + ".")
    return profile


def _joined(files: list[dict[str, Any]]) -> dict[str, Any]:
    """The files as one; what is no list of rows may stand in one of them only."""
    whole: dict[str, Any] = {}
    for file in files:
        for key, value in file.items():
            if key not in whole:
                whole[key] = value
            elif _is_rows(value) and _is_rows(whole[key]):
                whole[key] = [*whole[key], *value]
            else:
                raise UnusableInput("The council's files contradict each other.", f"Look at: {key}.")
    return whole


def _is_rows(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(row, dict) for row in value)


def _unknown_names(profile: AuthorityProfile) -> list[str]:
    rows = [(row.id, (*row.when, *row.must_when)) for row in profile.requirements]
    rows += [(route.id, route.when) for route in profile.routes]
    rows += [(row.id, row.when) for row in profile.guidance]
    rows += [(signer.role, signer.when) for signer in profile.signers]
    rows += [(document.id, document.when) for document in profile.documents]
    rows += [(due.id, due.when) for due in profile.dates]
    unknown = [f"condition {name} at {row}" for row, names in rows for name in names if name not in CONDITIONS]
    calls = [(r.id, call.name) for r in profile.requirements for call in r.satisfied_by]
    unknown += [f"check {name} at {row}" for row, name in calls if name not in CHECKS]
    pages = pages_of(profile)
    unknown += [f"{place} at {row}" for row, place in _places(profile) if not _exists(place, pages)]
    return unknown + [f"catalogue row {row}" for row in _strays(profile)]


def _strays(profile: AuthorityProfile) -> list[str]:
    """Ids that are not in the council's catalogue, where it has one; further cases (E17n) name their row."""
    known = {row.id for row in profile.rows}
    if not known:
        return []
    ids = {row.id for row in profile.guidance} | {row.id for row in profile.asked}
    ids |= {*profile.recipient.rows, profile.in_full_id}
    cases = [(row.id, row.rows) for row in (*profile.requirements, *profile.routes, *profile.documents)]
    cases += [(row.id, row.rows) for row in (*profile.dates, *profile.contacts)]
    for id, further in cases:
        ids |= set(further or (id,))
    ids |= {id for signer in profile.signers for id in signer.rows}
    return sorted(ids - known)


def _places(profile: AuthorityProfile) -> list[tuple[str, str]]:
    """The pages and the fields (``page.field``) that a council's file names, with the row that names them."""
    places = [(row.id, row.page) for row in profile.requirements]
    places += [(row.id, row.page) for row in profile.guidance]
    places += [(row.id, row.page) for row in profile.asked]
    places += [(row.id, row.page) for row in profile.documents]
    places += [(row.id, row.page) for row in profile.dates]
    places += [(row.id, f"{row.page}.{name}") for row in profile.asked for name in row.fields]
    words = [(row.id, text) for row in profile.documents for text in (row.to, *row.body)]
    places += [(id, name) for id, text in words for name in re.findall(r"\{([\w-]+\.\w+)\}", text)]
    places += [(row.id, page) for row in profile.contacts for page in row.pages]
    places += [("why", place) for place in profile.why]
    requirements = {row.id for row in profile.requirements}
    for row in profile.dates:
        named = (row.after, row.seen_to, row.done_by)
        places += [
            (row.id, name) for name in named if name and name not in ("sent", "today") and name not in requirements
        ]
    return places


def _exists(place: str, pages: Mapping[str, type[Page]]) -> bool:
    page, _, name = place.partition(".")
    return page in pages and (not name or name in pages[page].model_fields)
