"""Every mistake of a council's file, with its line, its place and the remedy: the one way in which a file is read."""

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from forms.kit.authority import AuthorityProfile
from wizard.councils import rules, shape, syntax
from wizard.councils.lines import Path, lines
from wizard.councils.shape import Fault


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something to put right in a council's file.

    Attributes:
        line: from 1; 0 for the file as a whole.
        place: the row and its key (``requirements E16, when``); empty for the file as a whole.
    """

    file: str
    line: int
    place: str
    sentence: str
    remedy: str

    def as_json(self) -> dict[str, Any]:
        """The mistake as the command line prints it."""
        return asdict(self)

    def __str__(self) -> str:
        where = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{where}: {f'{self.place}: ' if self.place else ''}{self.sentence} {self.remedy}"


@dataclass(frozen=True)
class Checked:
    """What a council's files amount to: a profile if there is no mistake."""

    profile: AuthorityProfile | None
    mistakes: tuple[Mistake, ...]


def checked(files: Mapping[str, str]) -> Checked:
    """Read a council's files: names to texts, the first its main one. Never raises, whatever they say."""
    read, mistakes = {}, []
    for name, text in files.items():
        try:
            read[name] = tomllib.loads(text)
        except tomllib.TOMLDecodeError:
            mistakes += [Mistake(name, line, "", *told) for line, *told in syntax.mistakes(text)]
        except RecursionError:
            mistakes.append(Mistake(name, 0, "", "Lists lie in lists without end.", "Take most of the brackets out."))
    if mistakes:
        return Checked(None, tuple(mistakes))
    whole = Joined()
    for name, data in read.items():
        whole.add(name, data)
    profile, found = shape.faults(whole.data)
    pages, own = shape.own_pages(whole.data)
    found = [*whole.faults, *found, *own, *rules.faults(whole.data, pages)]
    if not found:
        return Checked(profile, ())
    return Checked(None, whole.located(found, files))


class Joined:
    """The files of a council as one; what is no list of rows may stand in one of them only."""

    def __init__(self) -> None:
        self.data: dict[str, Any] = {}
        self.faults: list[Fault] = []
        self._rows: dict[str, list[tuple[str, int]]] = {}
        self._keys: dict[str, str] = {}

    def add(self, file: str, data: Mapping[str, Any]) -> None:
        """Go on with a further file."""
        for key, value in data.items():
            if _is_rows(value) and _is_rows(self.data.get(key, [])):
                self.data[key] = [*self.data.get(key, []), *value]
                self._keys.setdefault(key, file)
                self._rows.setdefault(key, []).extend((file, number) for number in range(len(value)))
            elif key in self.data:
                words = f"“{key}” stands in {self._keys.get(key, 'another file')} and again in {file}."
                self.faults.append(Fault((key,), words, "Leave it in one of them."))
            else:
                self.data[key], self._keys[key] = value, file

    def located(self, faults: list[Fault], files: Mapping[str, str]) -> tuple[Mistake, ...]:
        """Faults with file, line and place, in the order of the files."""
        places = {name: lines(text) for name, text in files.items()}
        order = list(files)
        found: dict[tuple[str, Path, str], Mistake] = {}
        for fault in faults:
            file, path = self._local(fault.path, order[0])
            line = next((places[file][path[:n]] for n in range(len(path), 0, -1) if path[:n] in places[file]), 0)
            mistake = Mistake(file, line, self._called(fault.path), fault.sentence, fault.remedy)
            found.setdefault((file, path, fault.sentence), mistake)
        return tuple(sorted(found.values(), key=lambda one: (order.index(one.file), one.line)))

    def _local(self, path: Path, first: str) -> tuple[str, Path]:
        """The file of a place, and the place in that file alone."""
        if not path:
            return first, path
        key = str(path[0])
        if len(path) > 1 and isinstance(path[1], int) and self._rows.get(key):
            file, number = self._rows[key][path[1]]
            return file, (key, number, *path[2:])
        return self._keys.get(key, first), path

    def _called(self, path: Path) -> str:
        """A place in words: the row by its id, and the keys below it."""
        row = self.data[str(path[0])][path[1]] if len(path) > 1 and isinstance(path[1], int) else None
        if not isinstance(row, dict) or not isinstance(path[1], int):
            return ", ".join(step if isinstance(step, str) else f"number {step + 1}" for step in path)
        id = next((str(row[key]) for key in ("id", "role", "name") if key in row), f"number {path[1] + 1}")
        below = ", ".join(step if isinstance(step, str) else f"number {step + 1}" for step in path[2:])
        return f"{path[0]} {id}" + (f", {below}" if below else "")


def _is_rows(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(row, dict) for row in value)
