"""Take each row out of a council's file in turn: a test that carries its number has to notice.

``python -m tests.torture.without_a_row [COUNCIL ...] [KIND ...] [ID ...]`` prints the rows that nobody misses, and
fails if there are any. Kinds are requirements, routes, guidance, documents, dates, signers and contacts; without one
all of them, as with councils and with the ids of rows.
"""

import contextlib
import io
import sys
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence

import pytest

from forms.kit.authority import AuthorityProfile
from wizard import councils
from wizard.trace import marked_tests

KINDS = ("requirements", "routes", "guidance", "documents", "dates", "signers", "contacts")
QUIET = ["-x", "-q", "-n0", "--no-cov", "-p", "no:cacheprovider"]


class Only:
    """Runs the tests that carry one of these numbers."""

    def __init__(self, ids: set[str]) -> None:
        self._ids = ids

    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        mine = [item for item in items if self._ids & {id for mark in item.iter_markers("policy") for id in mark.args}]
        config.hook.pytest_deselected(items=[item for item in items if item not in mine])
        items[:] = mine


class Marks:
    """Gathers the tests that carry a number, as pytest itself finds them."""

    def __init__(self) -> None:
        self.found: dict[str, set[str]] = defaultdict(set)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            for id in (id for mark in item.iter_markers("policy") for id in mark.args):
                self.found[id].add(item.nodeid.partition("[")[0])


def read_differently() -> set[str]:
    """Numbers whose tests the trace, which reads the source, does not find as pytest does."""
    marks = Marks()
    with contextlib.redirect_stdout(io.StringIO()):
        pytest.main(["--collect-only", *QUIET, "tests"], plugins=[marks])
    read = {id: set(tests) for id, tests in marked_tests().items()}
    return {id for id in {*read, *marks.found} if read.get(id) != marks.found.get(id)}


@contextlib.contextmanager
def without(kind: str, row: object) -> Iterator[None]:
    """The council's file as it would be without a row."""
    parse: Callable[..., AuthorityProfile] = councils.parse

    def parse_without(*texts: str) -> AuthorityProfile:
        whole = parse(*texts)
        return whole.model_copy(update={kind: tuple(one for one in getattr(whole, kind) if one != row)})

    councils.parse = parse_without
    try:
        yield
    finally:
        councils.parse = parse


def run(ids: set[str], tests: dict[str, tuple[str, ...]]) -> tuple[int, str]:
    """Run the tests that carry these numbers, on modules read afresh; pytest's exit code and what it said."""
    councils.read_anew()
    for name in [name for name in sys.modules if name.startswith("tests.") and not name.startswith("tests.torture")]:
        del sys.modules[name]
    nodes = sorted({test for id in ids for test in tests.get(id, ())})
    if not nodes:
        return pytest.ExitCode.NO_TESTS_COLLECTED, "no test carries its number"
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = pytest.main([*QUIET, *nodes], plugins=[Only(ids)])
    return code, said.getvalue()


def survivors(name: str, kinds: Sequence[str], only: Collection[str]) -> Iterator[str]:
    """The rows of a council that may go without a test of their own failing."""
    profile, tests = councils.council(name), marked_tests()
    known = {one.id for one in profile.rows}
    for kind in kinds:
        for row in getattr(profile, kind):
            if only and getattr(row, "id", "") not in only:
                continue
            ids = {getattr(row, "id", ""), *getattr(row, "rows", ())} & known
            with without(kind, row):
                code, said = run(ids, tests)
            if code != pytest.ExitCode.TESTS_FAILED:
                name = getattr(row, "id", "") or row.role
                place = f" at {row.page}" if kind == "guidance" else ""
                yield f"{kind}: {name}{place} ({', '.join(sorted(ids)) or 'no number'}): {said.splitlines()[-1]}"


def main(wanted: Sequence[str]) -> int:
    """Print the survivors; 0 when there is none."""
    names = [one for one in wanted if one in councils.shipped()] or councils.shipped()
    kinds = [one for one in wanted if one in KINDS] or KINDS
    only = set(wanted) - set(names) - set(kinds)
    if odd := read_differently():
        sys.stdout.write(f"The trace does not find the tests of {', '.join(sorted(odd))} as pytest does.\n")
        return 2
    code, said = run(set(marked_tests()), marked_tests())
    if code != pytest.ExitCode.OK:
        sys.stdout.write(f"With every row in place the tests do not pass:\n{said}\n")
        return 2
    found = 0
    for line in (line for name in names for line in survivors(name, kinds, only)):
        found += 1
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    sys.stdout.write(f"{found} rows are missed by nobody.\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
