"""Which documents lie in folders that are offered as evidence."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from wizard.evidence.clutter import of_the_system


@dataclass(frozen=True, slots=True)
class Found:
    """What was offered: documents, and the names of what is none in folders that were offered."""

    files: tuple[Path, ...]
    left_out: tuple[str, ...] = ()


def found(paths: Iterable[Path]) -> Found:
    """The files that were offered, and those in folders, without hidden ones and those of a system or open program."""
    files: list[Path] = []
    left_out: list[str] = []
    for path in paths:
        for one in _inside(path) if path.is_dir() else [path]:
            if one != path and of_the_system(PurePosixPath(*one.relative_to(path).parts)):
                left_out.append(one.name)
            else:
                files.append(one)
    return Found(tuple(files), tuple(left_out))


def _inside(folder: Path) -> Iterator[Path]:
    for where, folders, names in os.walk(folder):
        folders.sort()
        yield from (Path(where, name) for name in sorted(names))
