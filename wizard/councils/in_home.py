"""Councils' files that somebody put into the home folder, beside those that come with the program."""

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from forms.kit.authority import AuthorityProfile
from wizard.councils.check import Checked, Mistake, checked
from wizard.councils.signature import ENDING, Key, Seal, Standing, read_keys, seal, shipped_keys
from wizard.errors import UnusableInput

FOLDER = "authorities"
"""Where they lie in the home folder."""
KEYS = "council-keys.toml"
"""Keys that the user accepted, in the home folder."""
LARGEST = 4_000_000
"""Bytes of a file beyond which it is no council's."""


@dataclass(frozen=True)
class OwnFile:
    """A council's file of the user's own, with those that continue it.

    Attributes:
        path: of its main file.
        profile: ``None`` where it has mistakes, or where the program has a file of that council itself.
        mistakes: what is wrong with it; the list names them.
        replaced: the program's own file of that council is used instead.
    """

    path: Path
    profile: AuthorityProfile | None
    mistakes: tuple[Mistake, ...]
    seal: Seal
    replaced: bool = False

    @property
    def trouble(self) -> str:
        """Why it is not offered, in a sentence or two; empty where it is."""
        if self.replaced:
            return (
                f"{self.path.name} in the folder “{FOLDER}” is for a council that comes with the program. The "
                "program’s own file is used, and yours is left alone."
            )
        if self.mistakes:
            count, first = len(self.mistakes), self.mistakes[0]
            return (
                f"{self.path.name} in the folder “{FOLDER}” cannot be used: it has "
                f"{'a mistake' if count == 1 else f'{count} mistakes, of which the first is this'}. {first}"
            )
        return ""


def read(paths: Collection[Path]) -> Checked:
    """What a council's files amount to, read from the disk; the first is the main one.

    Raises:
        UnusableInput: one cannot be read, or is no text.
    """
    first = next(iter(paths))
    if strays := tuple(Mistake(path.name, 0, "", *_ending(path)) for path in paths if path.suffix.lower() != ".toml"):
        return Checked(None, strays)
    found = checked({path.name: _text(path) for path in paths})
    named = first.name.partition(".")[0]
    if found.profile is not None and found.profile.id != named:
        words = f"The file is called “{named}”, and the council in it “{found.profile.id}”."
        remedy = f'Call the file {found.profile.id}.toml, or write: id = "{named}"'
        return Checked(None, (Mistake(first.name, 1, "id", words, remedy),))
    return found


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise UnusableInput(
                f"{path.name} is too large to be a council's file.", "Look whether it is the right one."
            )
        data = path.read_bytes()
        coding = "utf-16" if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig"
        return data.decode(coding).replace("\r\n", "\n").replace("\r", "\n")
    except OSError:
        raise UnusableInput(f"{path.name} cannot be read.", "Check its name and place.") from None
    except UnicodeDecodeError:
        raise UnusableInput(
            f"{path.name} is no plain text in UTF-8.",
            "Open it in Notepad, choose Save as, and there the encoding UTF-8. A word processor’s own file is no text.",
        ) from None


def _ending(path: Path) -> tuple[str, str]:
    return (
        "The name does not end in .toml, so the program does not read it.",
        "Let the folder show the endings of names (on Windows: View, Show, File name extensions), and take off what "
        "stands behind .toml, or write .toml in the place of another ending.",
    )


def own_files(home: Path | None, shipped: Collection[str]) -> tuple[OwnFile, ...]:
    """The files in the home folder, in the order of their names; none without a home. Never raises."""
    if home is None:
        return ()
    try:
        there = sorted((home / FOLDER).iterdir())
    except OSError:
        return ()
    names = [path for path in there if re.fullmatch(r"[^.]+(\.[^.]+)?\.toml", path.name, re.IGNORECASE)]
    known = known_keys(home)
    mains = [path for path in names if path.name.count(".") == 1]
    found = [_own(main, _parts(main, names), known, main.stem.lower() in shipped) for main in mains]
    read_too = {path for main in mains for path in _parts(main, names)}
    return (*found, *(_unread(path) for path in there if path not in read_too and _meant(path)))


def _meant(path: Path) -> bool:
    """Whether somebody who put it there will have meant it to be read."""
    name = path.name.lower()
    if name.startswith((".", "~")) or name.endswith(ENDING):
        return False
    return ".toml" in name or path.suffix.lower() in (".txt", ".doc", ".docx", ".odt", ".rtf")


def _unread(path: Path) -> OwnFile:
    sentence, remedy = _ending(path)
    if path.suffix.lower() == ".toml":
        main = f"{path.name.partition('.')[0]}.toml"
        sentence, remedy = f"It goes on with {main}, and there is no such file.", f"Put {main} beside it."
    return OwnFile(path, None, (Mistake(path.name, 0, "", sentence, remedy),), Seal(Standing.UNSIGNED))


def _parts(main: Path, names: Collection[Path]) -> tuple[Path, ...]:
    return (main, *(path for path in names if path.name.startswith(f"{main.stem}.") and path != main))


def _own(main: Path, paths: tuple[Path, ...], known: tuple[Key, ...], shipped: bool) -> OwnFile:
    stamps = tuple((path, _stamp(path)) for part in paths for path in (part, _signature(part)))
    found, standing = _read(stamps, paths, known)
    if shipped:
        return OwnFile(main, None, (), standing, replaced=True)
    return OwnFile(main, found.profile, found.mistakes, standing)


@lru_cache(maxsize=32)
def _read(_: tuple[tuple[Path, object], ...], paths: tuple[Path, ...], known: tuple[Key, ...]) -> tuple[Checked, Seal]:
    """What lies there, read once as long as nothing of it changes."""
    try:
        return read(paths), worst([standing(path, known) for path in paths])
    except UnusableInput as error:
        mistake = Mistake(paths[0].name, 0, "", error.sentence, error.remedy)
        return Checked(None, (mistake,)), Seal(Standing.UNSIGNED)


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size


def _signature(path: Path) -> Path:
    return path.with_name(path.name + ENDING)


def standing(path: Path, known: Collection[Key]) -> Seal:
    """How one file stands with the signature beside it."""
    try:
        signed = _signature(path).read_bytes()
    except OSError:
        signed = None
    try:
        return seal(path.read_bytes(), signed, known)
    except OSError:
        return Seal(Standing.UNSIGNED)


def worst(seals: Collection[Seal]) -> Seal:
    """Files that belong together are as good as the least of them."""
    order = (Standing.ALTERED, Standing.UNSIGNED, Standing.STRANGER, Standing.KNOWN)
    return min(seals, key=lambda one: order.index(one.standing))


def known_keys(home: Path | None) -> tuple[Key, ...]:
    """The keys that come with the program, and those that the user accepted."""
    try:
        return (*shipped_keys(), *(read_keys((home / KEYS).read_bytes()) if home else ()))
    except (OSError, UnusableInput):
        return shipped_keys()
