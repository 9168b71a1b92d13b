"""Which rows and columns of a spreadsheet nobody sees: filtered lists often hide other children. In the child.

Of Excel's own files it is told with them which cells are seen as percentages, as the same pass finds both.
"""

import zipfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from string import ascii_uppercase
from typing import Final

from wizard.errors import EvidenceRefused
from wizard.evidence.office import office_file
from wizard.evidence.text import xml_events

_FURTHEST: Final = 20_000
_MOST_PLACES: Final = 30_000_000
"""Places between the first cell of a sheet and one in it; calamine keeps room for each, whether anything is there."""

_NEAR: Final = 6  # letters and digits of a place that cannot be beyond them
_TRUE: Final = frozenset({"1", "true"})


@dataclass(slots=True)
class Hidden:
    """Numbers of the rows and columns of a sheet that are not seen, and places of percentages, counted from 0."""

    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    percentages: set[tuple[int, int]] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.rows or self.columns)


def hidden(data: bytes) -> Mapping[str, Hidden] | None:
    """What is hidden, by the name of the sheet; None where an older or binary workbook does not tell.

    Raises:
        EvidenceRefused: the spreadsheet is damaged.
    """
    if not data.startswith(b"PK"):
        from wizard.evidence.office import older_workbook

        return older_workbook.hidden(data)
    with office_file.opened(data) as archive:
        if "content.xml" in archive.namelist():
            tables = _Tables()
            xml_events.tell(archive.read("content.xml"), tables)
            return tables.sheets
        return None if "xl/workbook.bin" in archive.namelist() else _of_workbook(archive)


def _of_workbook(archive: zipfile.ZipFile) -> dict[str, Hidden]:
    names, targets = _Pairs("sheet", "id", "name"), _Pairs("Relationship", "Id", "Target")
    xml_events.tell(archive.read("xl/workbook.xml"), names)
    xml_events.tell(archive.read("xl/_rels/workbook.xml.rels"), targets)
    styles = _Styles()
    if "xl/styles.xml" in archive.namelist():
        xml_events.tell(archive.read("xl/styles.xml"), styles)
    found = {}
    for id, name in names.pairs.items():
        target = targets.pairs.get(id, "").removeprefix("/")
        part = target if target.startswith("xl/") else f"xl/{target}"
        if part in archive.namelist():
            sheet = _Sheet(styles.percentages)
            xml_events.tell(archive.read(part), sheet)
            found[name] = sheet.hidden
    return found


class _Quiet:
    """Hears starts alone."""

    def end(self, name: str) -> None:
        """Nothing follows from an end."""

    def text(self, words: str) -> None:
        """Nothing follows from text."""


class _Pairs(_Quiet):
    def __init__(self, element: str, key: str, value: str) -> None:
        self.pairs: dict[str, str] = {}
        self._element, self._key, self._value = element, key, value

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == self._element:
            self.pairs[attributes.get(self._key, "")] = attributes.get(self._value, "")


class _Styles(_Quiet):
    """Which styles of cells, by their number as text, show percentages ([ECMA-376-1] 18.8.30)."""

    def __init__(self) -> None:
        self.percentages: set[str] = set()
        self._formats = {"9", "10"}
        self._count = -1

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "numFmt" and "%" in attributes.get("formatCode", ""):
            self._formats.add(attributes.get("numFmtId", ""))
        elif name == "cellXfs":
            self._count = 0
        elif name == "xf" and self._count >= 0:
            if attributes.get("numFmtId") in self._formats:
                self.percentages.add(str(self._count))
            self._count += 1

    def end(self, name: str) -> None:
        """What follows are styles that cells do not name."""
        if name == "cellXfs":
            self._count = -1


class _Sheet(_Quiet):
    """A worksheet of Excel: rows and columns carry their numbers, counted from 1."""

    def __init__(self, percentages: Collection[str]) -> None:
        self.hidden = Hidden()
        self._percentages = percentages
        self._row = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        unseen = attributes.get("hidden") in _TRUE
        if name == "col" and (unseen or attributes.get("width") == "0"):
            first, last = _number(attributes.get("min")), _number(attributes.get("max"))
            self.hidden.columns.update(range(max(first - 1, 0), min(last, _FURTHEST)))
        elif name == "row":
            self._row = _number(attributes.get("r")) or self._row + 1
            if unseen or attributes.get("ht") == "0":
                self.hidden.rows.add(self._row - 1)
        elif name == "c":
            place = attributes.get("r", "")
            if len(place) > _NEAR and (_column(place) + 1) * _number(place.lstrip(ascii_uppercase)) > _MOST_PLACES:
                raise EvidenceRefused("The spreadsheet grows too large when it is opened.", office_file.SAVE)
            if attributes.get("s") in self._percentages and self._row <= _FURTHEST:
                self.hidden.percentages.add((self._row - 1, _column(place)))


class _Tables(_Quiet):
    """The tables of an OpenDocument spreadsheet: rows and columns are counted, some of them for many."""

    def __init__(self) -> None:
        self.sheets: dict[str, Hidden] = {}
        self._now = Hidden()
        self._row = self._column = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        unseen = attributes.get("visibility") in ("collapse", "filter")
        if name == "table":
            self._now = self.sheets.setdefault(attributes.get("name", ""), Hidden())
            self._row = self._column = 0
        elif name == "table-row":
            last = self._row + max(_number(attributes.get("number-rows-repeated")), 1)
            self._now.rows.update(range(self._row, min(last, _FURTHEST)) if unseen else ())
            self._row = last
        elif name == "table-column":
            last = self._column + max(_number(attributes.get("number-columns-repeated")), 1)
            self._now.columns.update(range(self._column, min(last, _FURTHEST)) if unseen else ())
            self._column = last


def _column(place: str) -> int:
    """The number of the column of a place such as ``AB7``, counted from 0; -1 where none is said."""
    number = 0
    for letter in place.rstrip("0123456789")[:3].upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def _number(text: str | None) -> int:
    """A number of an attribute; 0 where it is none."""
    return min(int(text), 2_000_000) if text and text.isascii() and text.isdecimal() and len(text) < 10 else 0
