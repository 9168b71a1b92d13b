"""Becomes an outside program, such as LibreOffice, after limiting itself; started by `program` with Python's ``-c``."""

import os
import sys

from wizard.evidence.confined import confine


def main() -> None:
    """Take bytes of memory and of a file, and seconds of processor time, from the command line; then its command."""
    memory, file, seconds = map(int, sys.argv[1:4])
    command = sys.argv[4:]
    alone = confine.leave_network(and_processes=True)
    confine.limit(CORE=0, FSIZE=file, CPU=seconds, AS=memory)
    if alone and (first := os.fork()):
        os._exit(os.waitstatus_to_exitcode(os.waitpid(first, 0)[1]) & 0xFF)
    confine.die_with_parent()
    confine.drop_capabilities()
    os.execv(command[0], command)  # noqa: S606 - the command is the program's own, not a file's
