"""The home folder: where this computer keeps its referrals, readable by their owner alone."""

import os
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from wizard.errors import CannotOpenReferral, CannotWrite

if TYPE_CHECKING:
    from collections.abc import Iterator

SUFFIX = ".s19"
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)  # else Windows alters line ends


def home_folder() -> Path:
    """Find the folder named by SECTION19_HOME, or else the one the system gives programs for their data.

    Raises:
        CannotWrite: the folder is not there and cannot be made.
    """
    return private_folder(home_path())


def home_path() -> Path:
    """The same folder, whether it is there or not."""
    chosen = os.environ.get("SECTION19_HOME")
    if chosen:
        return Path(chosen)
    from platformdirs import user_data_path  # costs 10 ms and is rarely wanted

    return user_data_path("section19-wizard", appauthor=False)


def private_folder(folder: Path) -> Path:
    """Make a folder that its owner alone can look into, unless it is there already."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWrite(
            "The folder for referrals cannot be made.", "Choose another with --home or SECTION19_HOME."
        ) from error
    return folder


def referrals_folder(home: Path) -> Path:
    """Name the folder inside `home` that holds one file per referral."""
    return home / "referrals"


def referral_paths(home: Path) -> list[Path]:
    """List the referral files under `home`, in the order of their references.

    Raises:
        CannotOpenReferral: the folder is there but cannot be read, so what it holds is not known.
    """
    folder = referrals_folder(home)
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208 - Path.glob takes three times as long
    except FileNotFoundError:
        return []
    except OSError as error:
        raise CannotOpenReferral(
            "The folder of the referrals cannot be read.", "Check that its disk is there and that it is yours to read."
        ) from error
    return [folder / name for name in names if name.endswith(SUFFIX) and not name.startswith(".")]


def write_atomically(path: Path, content: bytes) -> None:
    """Write a private file so that after a power cut the new one is there whole, or else what was there before.

    A link stays a link: what it leads to is written.

    Raises:
        CannotWrite: the disk is full or gone, the folder refuses, another program holds the file, or there is
            something there that is not a file (a folder, a device), which must not be replaced by one.
    """
    try:
        special = path.exists() and not path.is_file()
        path = path.resolve()
    except (OSError, RuntimeError) as error:  # a name that is too long, links that lead round in a ring
        raise CannotWrite("No file can be written under that name.", "Choose another name.") from error
    if special:
        raise CannotWrite("What is there already is not a file, and is left as it is.", "Choose another name.")
    part = path.with_name(f".{path.name}.new")
    try:
        part.unlink(missing_ok=True)
        with os.fdopen(os.open(part, _NEW_FILE, 0o600), "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise CannotWrite(
            "The file cannot be written where it was wanted.",
            "Close it if it is open elsewhere, make room on the disk, or choose another folder.",
        ) from error


def sync_folder(folder: Path) -> None:
    """See that a new or renamed entry of a folder outlasts a power cut, where folders can be told so.

    Windows does it by itself, and some network folders refuse: what was written is there all the same.
    """
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def held_alone(lock_file: Path, sentence: str) -> "Iterator[None]":
    """Hold a lock file, so that one window at a time works on what it stands for.

    Raises:
        CannotOpenReferral: another window holds it, as `sentence` says.
        CannotWrite: the folder takes no lock file.
    """
    from filelock import FileLock, Timeout  # costs 45 ms, and a start has no need of it

    lock = FileLock(lock_file, timeout=0, mode=0o600, thread_local=False)
    try:
        lock.acquire()
    except Timeout:
        raise CannotOpenReferral(sentence, "Close it there first, then try again.") from None
    except (OSError, NotImplementedError) as error:
        raise CannotWrite(
            "The folder of the referrals cannot be written to.",
            "Check that it is there and that you may change it, or choose another with --home.",
        ) from error
    try:
        yield
    finally:
        lock.release()
