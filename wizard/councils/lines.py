"""On which line each part of a TOML file stands: ``tomllib`` reads values and forgets their places."""

import tomllib
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node

Path = tuple[str | int, ...]
"""Keys, and numbers of rows from 0: ``("requirements", 3, "title")``."""


def lines(text: str) -> dict[Path, int]:
    """The line, from 1, of every key, row and item of a file that ``tomllib`` can read."""
    import tree_sitter_toml
    from tree_sitter import Language, Parser

    tree = Parser(Language(tree_sitter_toml.language())).parse(text.encode())
    found: dict[Path, int] = {}
    rows: dict[Path, int] = {}
    for node in tree.root_node.named_children:
        base: Path = ()
        if node.type in ("table", "table_array_element"):
            base = _header(node, rows)
            for length in range(1, len(base) + 1):
                found.setdefault(base[:length], _line(node))
        for pair in [node] if node.type == "pair" else node.named_children:
            if pair.type == "pair":
                found |= _pair(pair, base)
    return found


def _header(table: "Node", rows: dict[Path, int]) -> Path:
    """Where a table stands; below a list of rows it belongs to the last of them."""
    *above, name = _keys(table.named_children[0])
    path: Path = ()
    for key in above:
        path += (key,)
        path += (rows[path] - 1,) if path in rows else ()
    path += (name,)
    if table.type == "table":
        return path
    rows[path] = rows.get(path, 0) + 1
    return (*path, rows[path] - 1)


def _pair(pair: "Node", base: Path) -> dict[Path, int]:
    key, value = (one for one in pair.named_children if one.type != "comment")
    path, found = base, {}
    for part in _keys(key):
        path += (part,)
        found[path] = _line(key)
    return found | dict(_inside(value, path))


def _inside(value: "Node", path: Path) -> Iterator[tuple[Path, int]]:
    parts = [one for one in value.named_children if one.type != "comment"]
    if value.type == "inline_table":
        for pair in parts:
            yield from _pair(pair, path).items()
    elif value.type == "array":
        for number, item in enumerate(parts):
            yield (*path, number), _line(item)
            yield from _inside(item, (*path, number))


def _keys(key: "Node") -> list[str]:
    if key.type == "dotted_key":
        return [part for child in key.named_children for part in _keys(child)]
    text = (key.text or b"").decode()
    return [text if key.type == "bare_key" else next(iter(tomllib.loads(f"{text} = 0")))]


def _line(node: "Node") -> int:
    return node.start_point[0] + 1
