"""Becomes an outside program, such as LibreOffice, after limiting itself; started by `program` with Python's ``-c``."""

import os
import sys
from pathlib import Path

from wizard.evidence.confined import confine
from wizard.evidence.confined.landlock import SYSTEM, see_only


def main() -> None:
    """Take bytes of memory and of a file, and seconds of processor time, from the command line; then its command.

    What it becomes writes in the folder where it starts and nowhere else, and sees no other files of the user.
    """
    memory, file, seconds = map(int, sys.argv[1:4])
    command = sys.argv[4:]
    alone = confine.leave_network(and_processes=True)
    shared = ("/tmp", "/var/tmp")  # noqa: S108 - LibreOffice makes a socket there, whatever it is told
    own = shared[:1] if alone and confine.own_temporary_folder(file) else ()
    confine.limit(CORE=0, FSIZE=file, CPU=seconds, AS=memory)
    if sys.platform != "win32" and alone and (first := os.fork()):
        os._exit(os.waitstatus_to_exitcode(os.waitpid(first, 0)[1]) & 0xFF)
    confine.die_with_parent()
    confine.drop_capabilities()
    program = Path(command[0]).resolve()
    seen = (*SYSTEM, str(program.parent), sys.base_prefix)
    see_only(seen, (str(Path.cwd()), "/dev/null", *own), () if own else shared)
    os.execv(command[0], command)  # noqa: S606 - the command is the program's own, not a file's
