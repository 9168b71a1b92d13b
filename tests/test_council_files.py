"""A council's file is read with its mistakes named: which line, what is wrong, what to write instead."""

import json
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.catalogue import PAGES
from wizard.__main__ import main
from wizard.councils import names, texts
from wizard.councils.check import checked
from wizard.councils.lines import lines
from wizard.letters import WORDS
from wizard.pack.drawn_up import CONTENTS

KEYS = st.text("ab-_", min_size=1, max_size=3) | st.text("é \"'.\\\t", min_size=1, max_size=3)
PLAIN = st.integers(0, 99) | st.booleans() | st.text("x\n#]\"'=", max_size=4)
VALUES = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=6
)
TABLES = st.lists(
    st.tuples(st.sampled_from(["", "[{}]", "[[{}]]"]), st.lists(KEYS, min_size=1, max_size=2), st.lists(VALUES)),
    max_size=5,
)

EXAMPLESHIRE = Path(__file__).parent / "councils" / "exampleshire.toml"
WHOLE = EXAMPLESHIRE.read_text(encoding="utf-8")


def paths(value: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, below in inner:
        yield (*above, key)
        yield from paths(below, (*above, key))


def toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k, ensure_ascii=False)} = {toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[ # a list\n" + ",\n".join(map(toml, value)) + "\n]"
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)


@given(TABLES)
def test_every_part_of_a_file_has_its_line(tables: list[tuple[str, list[str], list[Any]]]) -> None:
    written = []
    for heading, keys, values in tables:
        name = ".".join(json.dumps(key, ensure_ascii=False) for key in keys)
        written += [heading.format(name)] if heading else []
        written += [f"{name}.k{number} = {toml(value)}" for number, value in enumerate(values)]
    text = "\n".join(written)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    found = lines(text)
    assert set(paths(data)) <= set(found)
    assert all(1 <= line <= text.count("\n") + 1 for line in found.values())


def test_the_lines_are_those_on_which_the_keys_stand() -> None:
    text = texts("essex")[0]
    written = text.splitlines()
    found = lines(text)
    assert len(found) > 2000
    for path, line in found.items():
        if path and isinstance(path[-1], str):
            assert path[-1] in written[line - 1], path


@given(st.text("[]{}=\"'\n ab#.,0", max_size=60))
def test_any_text_is_read_or_refused_in_a_sentence(text: str) -> None:
    found = checked({"a.toml": text})
    assert found.profile is None
    assert found.mistakes
    for mistake in found.mistakes:
        assert mistake.sentence.endswith(".")
        assert mistake.remedy


def shaken(value: Any, path: tuple[Any, ...], put: Any) -> Any:
    if not path:
        return put
    if isinstance(value, dict):
        return {key: shaken(one, path[1:], put) if key == path[0] else one for key, one in value.items()}
    return [shaken(one, path[1:], put) if number == path[0] else one for number, one in enumerate(value)]


@given(st.data(), VALUES | st.lists(st.text("id", max_size=3), max_size=2))
def test_any_value_in_any_place_is_read_or_refused_in_a_sentence(data: st.DataObject, put: Any) -> None:
    good = tomllib.loads(WHOLE)
    path = data.draw(st.sampled_from(list(paths(good))))
    text = "\n".join(f"{key} = {toml(one)}" for key, one in shaken(good, path, put).items())
    found = checked({"a.toml": text})
    assert (found.profile is None) == bool(found.mistakes)
    for mistake in found.mistakes:
        assert mistake.sentence.endswith(".")
        assert mistake.remedy
        assert str(mistake).startswith("a.toml, line ")


def test_a_mistake_in_a_second_file_is_named_with_that_file_and_its_line() -> None:
    first, *others = texts("essex")
    second = '\n\n[[guidance]]\nid = "E1"\npage = "scool"\ntext = "Read it."\nsource = "section 1"\n'
    files = {f"{number}.toml": text for number, text in enumerate((first, *others, second))}
    (mistake,) = checked(files).mistakes
    assert (mistake.file, mistake.line) == (f"{len(files) - 1}.toml", 5)
    assert mistake.place == "guidance E1, page"
    assert "Did you mean “school”?" in mistake.remedy


def test_the_command_says_every_mistake_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "exampleshire.toml"
    text = WHOLE.replace('"on_roll"', '"on_rol"')
    file.write_text(text.replace('level = "should"', 'level = "shold"'), encoding="utf-8")
    assert main(["authority", "check", str(file)]) == 1
    said = capsys.readouterr().out.splitlines()
    assert len(said) == WHOLE.count('"on_roll"') + WHOLE.count('level = "should"') > 3
    assert all(re.match(r"exampleshire\.toml, line \d+: \w+ \S+, (when, number 1|level): ", line) for line in said)
    assert main(["authority", "check", str(file), "--json"]) == 1
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(told) == len(said)
    assert set(told[0]) == {"file", "line", "place", "sentence", "remedy"}


def test_the_program_s_own_files_have_no_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    files = sorted(Path("resources/authorities").glob("essex*.toml"), key=lambda path: path.name.count("."))
    assert main(["authority", "check", *map(str, files)]) == 0
    assert "No mistakes: Essex County Council" in capsys.readouterr().out


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00", b"#" * 4_000_001])
def test_what_cannot_be_read_is_said_and_is_no_mistake_of_the_council(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "some.toml"
    if content is not None:
        file.write_bytes(content)
    assert main(["authority", "check", str(file)]) == 2


def test_a_file_is_called_as_its_council(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "sussex.toml"
    file.write_text(WHOLE, encoding="utf-8")
    assert main(["authority", "check", str(file)]) == 1
    assert "Call the file exampleshire.toml" in capsys.readouterr().out


def test_every_name_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["authority", "names"]) == 0
    said = capsys.readouterr().out
    for name in ("below_threshold", "every_such_card", "route.need", "{reference}", "medical_evidence"):
        assert name in said
    assert main(["authority", "names", "conditions"]) == 0
    assert "answered" not in capsys.readouterr().out.split()
    assert main(["authority", "names", "nothing"]) == 2


@pytest.mark.parametrize("kind", ["conditions", "checks", "sets", "pages", "fields"])
def test_every_name_is_explained(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["authority", "names", kind]) == 0
    for line in capsys.readouterr().out.splitlines():
        assert re.match(r"\s*\S.*\s\S", line), line
        assert "None" not in line


def test_a_condition_says_which_answer_it_waits_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["authority", "names", "conditions"]) == 0
    told = dict(line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines())
    assert told["mental_health"] == "route.need is mental or both."
    assert told["on_roll"] == "Not so: route.on_roll is no."
    for page, field in re.findall(r"\b([a-z_]+)\.([a-z_]+)\b", " ".join(told.values())):
        assert field in PAGES[page].model_fields


def test_the_names_are_those_that_the_program_fills_in() -> None:
    assert set(names.LETTER_WORDS) == set(WORDS)
    assert set(names.CONTENTS) == set(CONTENTS)
