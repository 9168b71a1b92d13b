"""Council files: read, and their names resolved against the closed sets of ``wizard.validation``."""

import tomllib
from functools import lru_cache
from importlib import resources

from pydantic import ValidationError

from forms.catalogue import PAGES
from forms.kit.authority import AuthorityProfile
from wizard.errors import UnusableInput
from wizard.validation.checks import CHECKS
from wizard.validation.conditions import CONDITIONS


def installed() -> tuple[str, ...]:
    """Ids of the councils that come with the program, in alphabetical order."""
    folder = resources.files("resources") / "authorities"
    return tuple(sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml")))


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
    text = (resources.files("resources") / "authorities" / f"{name}.toml").read_text(encoding="utf-8")
    return parse(text)


def parse(text: str) -> AuthorityProfile:
    """A council's file, read and checked.

    Raises:
        UnusableInput: naming the place of the first mistakes.
    """
    try:
        profile = AuthorityProfile.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise UnusableInput("The council's file is not TOML.", str(error)) from None
    except ValidationError as error:
        places = "; ".join(".".join(map(str, e["loc"])) for e in error.errors()[:5])
        raise UnusableInput("The council's file does not have the shape it should.", f"Look at: {places}.") from None
    unknown = tuple(_unknown_names(profile))
    if unknown:
        raise UnusableInput("The council's file uses names that do not exist.", "; ".join(unknown[:5]) + ".")
    return profile


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
    return unknown + [f"{place} at {row}" for row, place in _places(profile) if not _exists(place)]


def _places(profile: AuthorityProfile) -> list[tuple[str, str]]:
    """The pages and the fields (``page.field``) that a council's file names, with the row that names them."""
    places = [(row.id, row.page) for row in profile.requirements]
    places += [(row.id, row.page) for row in profile.guidance]
    places += [(row.id, row.page) for row in profile.asked]
    places += [(row.id, row.page) for row in profile.documents]
    places += [(row.id, row.page) for row in profile.dates]
    places += [(row.id, f"{row.page}.{name}") for row in profile.asked for name in row.fields]
    return places + [(row.id, row.done_by) for row in profile.dates if row.done_by]


def _exists(place: str) -> bool:
    page, _, name = place.partition(".")
    return page in PAGES and (not name or name in PAGES[page].model_fields)
