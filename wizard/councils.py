"""Council files: read, and their names resolved against the closed sets of ``wizard.validation``."""

import tomllib
from functools import lru_cache
from importlib import resources

from pydantic import ValidationError

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
    rows += [(s.role, s.when) for s in profile.signers]
    unknown = [f"condition {name} at {row}" for row, names in rows for name in names if name not in CONDITIONS]
    calls = [(r.id, call.name) for r in profile.requirements for call in r.satisfied_by]
    return unknown + [f"check {name} at {row}" for row, name in calls if name not in CHECKS]
