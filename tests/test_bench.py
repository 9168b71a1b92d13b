"""The benchmark of intake, on a few files: what it says, and that it measures what is taken in."""

import json
from pathlib import Path

import pytest

from wizard import bench, bench_intake


def test_the_benchmark_of_intake_says_its_ratio_and_how_memory_grows(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bench_intake, "FILES", 3)
    monkeypatch.setattr(bench_intake, "FIRST", 1)
    monkeypatch.setattr(bench_intake, "TURNS", 1)
    monkeypatch.chdir(Path(__file__).parents[1])  # the processes of the benchmark are to find this program
    bench.run(["intake"])
    said = json.loads(capsys.readouterr().out)
    assert said["files"] == 3
    assert said["limit"] == 1.5
    assert said["ratio"] > 0
    assert said["peak_growth_mb"] <= said["peak_growth_limit_mb"] == 20


def test_memory_that_grows_beyond_measure_fails_the_benchmark(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(bench.BENCHES, "start", lambda: {"ratio": 1.0, "limit": 1.5, "over": True})
    assert bench.run(["start"]) == 1
    monkeypatch.setitem(bench.BENCHES, "start", lambda: {"ratio": 1.0, "limit": 1.5, "over": False})
    assert bench.run(["start"]) == 0
