"""Files are written whole, where they were wanted, and never in the place of something that is not a file."""

import os
from pathlib import Path

import pytest

from wizard.errors import CannotWrite
from wizard.store.folder import write_atomically


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_what_is_no_file_is_left_as_it_is(tmp_path: Path) -> None:
    pipe, folder = tmp_path / "pipe", tmp_path / "folder"
    os.mkfifo(pipe)
    folder.mkdir()
    for place in (pipe, folder):
        with pytest.raises(CannotWrite, match="not a file"):
            write_atomically(place, b"pack")
    assert pipe.is_fifo()
    assert folder.is_dir()
    assert not list(tmp_path.glob(".*.new"))


@pytest.mark.skipif(os.name == "nt", reason="links need a right on Windows that schools do not give")
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "pack.pdf", tmp_path / "link.pdf"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_a_name_that_no_file_can_have_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite):
        write_atomically(tmp_path / ("x" * 300), b"pack")
    assert not list(tmp_path.glob("*x*"))


@pytest.mark.skipif(os.name == "nt", reason="links need a right on Windows that schools do not give")
def test_links_that_lead_round_in_a_ring_are_refused_in_words(tmp_path: Path) -> None:
    ring = tmp_path / "ring.pdf"
    ring.symlink_to(ring)
    with pytest.raises(CannotWrite):
        write_atomically(ring, b"pack")
    assert ring.is_symlink()
