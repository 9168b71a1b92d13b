"""Council files: read, and their names resolved against the closed sets of ``wizard.validation``."""

import re
from collections.abc import Callable
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from forms.kit.authority import AuthorityProfile
from wizard.councils.check import checked
from wizard.errors import UnusableInput

if TYPE_CHECKING:
    from wizard.councils.in_home import OwnFile

Home = Callable[[], Path | None]
_home: Home = lambda: None  # noqa: E731 - a place to be filled in


def look_in(home: Home) -> None:
    """Find councils' files in the ``authorities`` folder of this home folder as well; it is asked for when wanted."""
    global _home  # noqa: PLW0603 - one home folder a run of the program, and every council is asked for by name
    _home = home


def own() -> "tuple[OwnFile, ...]":
    """The files in the user's own folder, those with mistakes too."""
    from wizard.councils.in_home import own_files  # signatures cost 30 ms, and few have files of their own

    return own_files(_home(), shipped())


class FileNote(NamedTuple):
    """Where a council's file comes from and how it is signed, in words."""

    words: str
    altered: bool


def note(name: str) -> FileNote | None:
    """What is to be said of the file of a council; nothing of one that comes with the program."""
    files = () if name in shipped() else own()
    file = next((file for file in files if file.profile is not None and file.profile.id == name), None)
    return None if file is None else FileNote(f"From your own file {file.path.name}. {file.seal}", file.seal.altered)


@lru_cache(maxsize=1)
def shipped() -> tuple[str, ...]:
    """Ids of the councils that come with the program, in alphabetical order."""
    files = (entry.name for entry in (resources.files("resources") / "authorities").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in files if re.fullmatch(r"[^.]+\.toml", name)))


def installed() -> tuple[str, ...]:
    """Ids of the councils there are: those that come with the program, then the user's own that have no mistake."""
    return (*shipped(), *(file.profile.id for file in own() if file.profile is not None))


def texts(name: str) -> tuple[str, ...]:
    """A council's file, and those that continue it (``essex.toml``, ``essex.catalogue.toml``), as they stand."""
    files = sorted((resources.files("resources") / "authorities").iterdir(), key=lambda entry: entry.name)
    mine = (entry for entry in files if re.fullmatch(rf"{re.escape(name)}(\.[^.]+)?\.toml", entry.name))
    return tuple(entry.read_text(encoding="utf-8") for entry in sorted(mine, key=lambda entry: entry.name.count(".")))


def council(name: str) -> AuthorityProfile:
    """The profile of a council.

    Raises:
        UnusableInput: there is no such council, or its file has a mistake.
    """
    if name in shipped():
        return _shipped(name)
    profile = next((file.profile for file in own() if file.profile is not None and file.profile.id == name), None)
    if profile is None:
        raise UnusableInput(
            "The referral is for a council that this program has no file for.",
            f"Councils with a file: {', '.join(installed())}.",
        )
    return profile


@lru_cache(maxsize=8)
def _shipped(name: str) -> AuthorityProfile:
    return parse(*texts(name))


def read_anew() -> None:
    """Forget the files that were read, as after one of them was changed."""
    _shipped.cache_clear()


def parse(*texts: str) -> AuthorityProfile:
    """A council's file, read and checked; lists of rows that are continued in a further file are joined.

    Raises:
        UnusableInput: naming the place of the first mistakes.
    """
    found = checked({f"file {number}": text for number, text in enumerate(texts, 1)})
    if found.profile is None:
        count = len(found.mistakes)
        raise UnusableInput(
            f"The council's file has {'a mistake' if count == 1 else f'{count} mistakes'}.",
            " ".join(str(one) for one in found.mistakes[:5]),
        )
    return found.profile
