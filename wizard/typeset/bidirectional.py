"""Reading direction: embedding levels of a line of text and the order in which its runs are seen (Unicode UAX 9)."""

import unicodedata
from collections.abc import Sequence
from typing import Any

from bidi import algorithm

_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})


def base_level(text: str) -> int:
    """Return 1 for a paragraph that reads from right to left, else 0."""
    return 0 if text.isascii() else int(algorithm.get_base_level(text))


def levels(text: str, base: int) -> list[int] | None:
    """Return the embedding level of each character, or ``None`` where everything reads left to right."""
    if text.isascii() or not any(unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for char in text):
        return None if base == 0 else [base] * len(text)
    storage: dict[str, Any] = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = base, "LR"[base]
    algorithm.get_embedding_levels(text, storage)
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, debug=False)
    algorithm.resolve_implicit_levels(storage, debug=False)
    resolved = iter(storage["chars"])
    result: list[int] = []
    for char in text:
        removed = unicodedata.bidirectional(char) in algorithm.X9_REMOVED
        result.append((result[-1] if result else base) if removed else int(next(resolved)["level"]))
    return result


def visual_order(run_levels: Sequence[int]) -> list[int]:
    """Return the places of the runs of a line in the order in which they are seen, left to right (rule L2)."""
    order = list(range(len(run_levels)))
    odd = [level for level in run_levels if level % 2]
    if not odd:
        return order
    for threshold in range(max(run_levels), min(odd) - 1, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and run_levels[order[end]] >= threshold:
                end += 1
            order[start:end] = reversed(order[start:end])
            start = end + 1
    return order
