"""The same core without a screen, for administrators, other programs and tests. Never imports Qt.

Exit status: 0 done or ready; 1 something is open, or the pack does not hold; 2 the input cannot be used; 3 a fault of
the program; 130 stopped from the keyboard.
"""

import argparse
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from wizard.errors import UserError, place_of

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def parse(argv: list[str]) -> argparse.Namespace:
    """Read the command line; prints help or a usage error and leaves, as argparse does."""
    parser = argparse.ArgumentParser(
        prog="section19",
        description="Prepares a Section 19 medical-needs referral. Without a command it opens the wizard.",
    )
    parser.add_argument("--home", type=Path, help="where referrals are kept (or the variable SECTION19_HOME)")
    parser.add_argument("--passphrase-file", type=Path, help="a file whose first line is the passphrase")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    _referral_commands(commands)
    _pack_commands(commands)
    _about_commands(commands)
    return parser.parse_args(argv)


def _referral_commands(commands: "Commands") -> None:
    sample = commands.add_parser("sample", help="write a made-up referral")
    sample.add_argument("id", nargs="?", help="which; --list names them")
    sample.add_argument("--out", type=Path, metavar="DIR")
    sample.add_argument("--list", action="store_true")
    fill = commands.add_parser("fill", help="fill in blank answers from a file of the school's own systems")
    fill.add_argument("dir", type=Path, help="the referral's folder")
    fill.add_argument("file", type=Path, help="a Common Transfer File, a pupil list, or the list of schools")
    fill.add_argument("--pupil", type=int, metavar="N", help="which pupil of the file, from 1")
    fill.add_argument("--school", default="", metavar="WORDS", help="which school of the list: number, name or town")
    fill.add_argument("--json", action="store_true")
    _clock(fill)
    keep = commands.add_parser("import", help="keep a referral's folder in the store")
    keep.add_argument("dir", type=Path)
    _passwords(keep)
    export = commands.add_parser("export", help="write a kept referral as a folder")
    export.add_argument("reference")
    export.add_argument("--out", type=Path, metavar="DIR", required=True)
    words = "originals too of documents in which something is blacked out; else their copies stand in"
    export.add_argument("--with-unredacted", action="store_true", help=words)
    move = commands.add_parser("move", help="make it a referral to another council; signatures are void")
    move.add_argument("dir", type=Path)
    move.add_argument("council", help="its id, as in: section19 authority list")
    check = commands.add_parser("check", help="what is missing or doubtful")
    check.add_argument("dir", type=Path)
    check.add_argument("--json", action="store_true")
    words = "read pages without text by Tesseract, where it is installed, for names and dates"
    check.add_argument("--read-pictures", action="store_true", help=words)
    _passwords(check)
    _clock(check)


def _pack_commands(commands: "Commands") -> None:
    pack = commands.add_parser("pack", help="build the PDF pack")
    pack.add_argument("dir", type=Path)
    pack.add_argument("--out", type=Path, metavar="FILE", required=True)
    pack.add_argument("--sign", action="store_true", help="seal it")
    pack.add_argument("--password-file", type=Path, metavar="FILE", help="encrypt it with this file's first line")
    pack.add_argument("--max-size", metavar="SIZE", help="stop if it is larger, such as 10MB")
    pack.add_argument("--draft", action="store_true", help="watermarked, whatever is missing")
    pack.add_argument("--json", action="store_true")
    _passwords(pack)
    _clock(pack)
    letter = commands.add_parser("letter", help="a letter written from the answers")
    letter.add_argument("dir", type=Path)
    letter.add_argument("id", nargs="?", help="which, such as E32; without it they are listed")
    letter.add_argument("--out", type=Path, metavar="FILE")
    _passwords(letter)
    _clock(letter)
    verify = commands.add_parser("verify", help="is a pack whole, and by whom was it sealed")
    verify.add_argument("file", type=Path)
    verify.add_argument("--password-file", type=Path, metavar="FILE")
    verify.add_argument("--json", action="store_true")
    inspect = commands.add_parser("inspect", help="what evidence intake makes of files, and of those in folders")
    inspect.add_argument("files", type=Path, nargs="+")
    inspect.add_argument("--json", action="store_true", help="one object a line (the default)")
    _passwords(inspect)


def _about_commands(commands: "Commands") -> None:
    commands.add_parser("schema", help="JSON Schema of referral.json")
    _council_commands(commands)
    bench = commands.add_parser("bench", help="the benchmarks, as ratios measured in one run")
    bench.add_argument("names", nargs="*")
    bench.add_argument("--json", action="store_true", help="one object a line (the default)")


def _council_commands(commands: "Commands") -> None:
    authority = commands.add_parser("authority", help="the councils' files")
    what = authority.add_subparsers(dest="what", metavar="WHAT", required=True)
    known = what.add_parser("list", help="which there are, who signed them, and what in them is old")
    known.add_argument("--json", action="store_true", help="one object a line")
    _clock(known)
    trace = what.add_parser("trace", help="where each row of a council's policy lives, and its tests")
    trace.add_argument("id", help="the council, such as essex")
    trace.add_argument("--json", action="store_true", help="one object a line")
    check = what.add_parser("check", help="every mistake of a council's file, with its line")
    check.add_argument("files", type=Path, nargs="+", metavar="FILE", help="the main file first, then its parts")
    check.add_argument("--json", action="store_true", help="one object a line")
    _clock(check)
    names = what.add_parser("names", help="the names that a council's file may use")
    names.add_argument("kind", nargs="?", help="conditions, checks, pages, fields, sets or letters; else all")
    names.add_argument("--json", action="store_true")
    keygen = what.add_parser("keygen", help="make a key to sign a council's files with")
    keygen.add_argument("--out", type=Path, metavar="KEYFILE", required=True, help="kept secret; .pub beside it is not")
    keygen.add_argument("--name", required=True, help="whose key it is, such as the council's name")
    sign = what.add_parser("sign", help="sign a council's file; FILE.sig comes to lie beside it")
    sign.add_argument("file", type=Path)
    sign.add_argument("--key", type=Path, metavar="KEYFILE", required=True)
    trust = what.add_parser("trust", help="accept a council's public key, after comparing it by telephone")
    trust.add_argument("file", type=Path, metavar="KEYFILE.pub")


def _moment(text: str) -> datetime:
    """A time on the command line; without a zone it is this computer's."""
    try:
        return datetime.fromisoformat(text).astimezone()
    except (ValueError, OverflowError, OSError):
        raise argparse.ArgumentTypeError("a time looks like 2026-11-23T09:00") from None


def _clock(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--clock", type=_moment, metavar="ISO", help="the time to go by")


def _passwords(parser: argparse.ArgumentParser) -> None:
    words = "passwords of evidence that needs one, a line each"
    parser.add_argument("--evidence-password-file", type=Path, metavar="FILE", help=words)


def run(options: argparse.Namespace) -> int:
    """Carry out a command; a ``UserError`` is told in a sentence and ends with 2."""
    try:
        from wizard import commands

        commands.look_in_home(options)
        status = commands.COMMANDS[options.command](options)
        sys.stdout.flush()
        return status
    except BrokenPipeError:  # whoever read the output has enough of it, as ``head`` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python complains of it at its end
        return 1
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    except Exception as error:  # noqa: BLE001 - the last border: a traceback could hold something typed
        print("Something went wrong that the program did not foresee; please report this line:", file=sys.stderr)
        print(place_of(error), file=sys.stderr)
        return 3
