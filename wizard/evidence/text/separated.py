"""Text whose cells are told apart by a mark, such as CSV. Runs in the child process."""

import csv
import io
from collections.abc import Sequence


def marks(lines: Sequence[str]) -> list[str]:
    """The marks that may stand between cells, likeliest first; a first line ``sep=;`` names its own."""
    hint = lines[0][4:5] if lines and lines[0].casefold().startswith("sep=") else ""
    return list(dict.fromkeys([*hint, ",", ";", "\t", "|"]))


def split(lines: Sequence[str], mark: str, columns: int) -> list[list[str]] | None:
    """The first cells of each line between marks; ``None`` when quotation marks do not match."""
    try:
        return [row[:columns] for row in csv.reader(io.StringIO("\n".join(lines)), delimiter=mark, strict=True)]
    except (csv.Error, TypeError, ValueError):
        return None
