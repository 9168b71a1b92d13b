"""Damaged copies of real files: each has to end in one of the five outcomes, in time, and leave the program as it was.

``python -m tests.torture.mutants FOLDER [NUMBER]`` makes so many copies (1,000), always the same ones, of the files in
a folder, and takes each in. It prints what went wrong, and how the outcomes are spread.
"""

import gc
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random
from threading import Lock
from typing import Final

import psutil

from wizard.evidence.confined.worker import AT_ONCE, LIMITS
from wizard.evidence.document import Outcome, Prepared
from wizard.evidence.offer import prepare_bytes

SEED: Final = 19
MOST_GROWTH: Final = 50 << 20
"""Bytes that the program may grow by while it takes in all of them."""

WARM_UP: Final = 10


@dataclass(frozen=True)
class Mutant:
    """A damaged copy, and what was done to which file."""

    name: str
    ending: str
    data: bytes


def truncated(data: bytes, _: bytes, dice: Random) -> bytes:
    return data[: dice.randrange(len(data) + 1)]


def flipped(data: bytes, _: bytes, dice: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.choice((1, 8, 200))):
        changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def zeroed(data: bytes, _: bytes, dice: Random) -> bytes:
    start, length = dice.randrange(len(data)), dice.choice((16, 512, 65_536))
    hole = data[start : start + length]
    return data[:start] + bytes(len(hole)) + data[start + len(hole) :]


def spliced(data: bytes, other: bytes, dice: Random) -> bytes:
    return data[: dice.randrange(len(data) + 1)] + other[dice.randrange(len(other) + 1) :]


DAMAGE: Final[Sequence[Callable[[bytes, bytes, Random], bytes]]] = (truncated, flipped, zeroed, spliced)


def mutants(files: Sequence[Path], number: int, seed: int = SEED) -> Iterator[Mutant]:
    """So many damaged copies of the files in turn; the same number and seed give the same bytes."""
    dice = Random(seed)  # noqa: S311 - damage, not secrecy
    whole = [file for file in files if file.stat().st_size]
    for turn in range(number):
        file, other = whole[turn % len(whole)], dice.choice(whole)
        damage = DAMAGE[dice.randrange(len(DAMAGE))]
        made = damage(file.read_bytes(), other.read_bytes(), dice)
        yield Mutant(f"{turn}: {file.name} {damage.__name__}", file.suffix, made)


def wrong(made: Prepared, seconds: float) -> str:
    """What is not as it should be in what was made of a file; empty when all is well."""
    if seconds > LIMITS.wall_seconds + 10:
        return f"took {seconds:.0f} seconds"
    if made.outcome == Outcome.REFUSED:
        return "" if made.why and not made.pdf else "refused without a reason, or with pages"
    if made.outcome == Outcome.ATTACHED:
        return "" if made.with_original and not made.pdf else "attached with pages, or without the file"
    return "" if made.pages and made.pdf.startswith(b"%PDF-") and not made.why else "neither pages nor a refusal"


def taken_in(mutant: Mutant) -> tuple[str, str]:
    """What became of a damaged copy, and what is wrong with that."""
    began = time.monotonic()
    made = prepare_bytes(mutant.data, mutant.ending)
    fault = wrong(made, time.monotonic() - began)
    return made.outcome, fault and f"{mutant.name}: {fault}"


def torture(files: Sequence[Path], number: int, part: slice = slice(None)) -> tuple[Counter[str], list[str]]:
    """Take in damaged copies, two at a time; the outcomes, and everything that is wrong."""
    turns = range(number)[part]
    waiting = (mutant for turn, mutant in enumerate(mutants(files, number)) if turn in turns)
    outcomes: Counter[str] = Counter()
    faults: list[str] = []
    held: list[int] = []
    lock = Lock()

    def work() -> None:
        while True:
            with lock:
                mutant = next(waiting, None)
            if mutant is None:
                return
            outcome, fault = taken_in(mutant)
            with lock:
                outcomes[outcome] += 1
                faults.extend([fault] if fault else [])
                held.append(_held())

    with ThreadPoolExecutor(AT_ONCE) as threads:
        for worker in [threads.submit(work) for _ in range(AT_ONCE)]:
            worker.result()
    if held[-1] - held[: WARM_UP + 1][-1] > MOST_GROWTH:
        faults.append(f"the program grew by {held[-1] - held[WARM_UP] >> 20} MB")
    return outcomes, faults


def _held() -> int:
    gc.collect()
    return int(psutil.Process().memory_info().rss)


def main(arguments: Sequence[str]) -> int:
    """Print what is wrong, and how the outcomes are spread; 0 when nothing is wrong."""
    folder, number = Path(arguments[0]), int(arguments[1]) if len(arguments) > 1 else 1_000
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    if not files:
        sys.stdout.write(f"There are no files in {folder}.\n")
        return 2
    outcomes, faults = torture(files, number)
    sys.stdout.write("\n".join([*faults, f"{number} damaged copies: {dict(sorted(outcomes.items()))}", ""]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
