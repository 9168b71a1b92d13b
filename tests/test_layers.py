"""Qt is an edge: everything else works on a machine without a screen and without Qt."""

import subprocess
import sys

EVERYTHING_BUT_THE_EDGE = """
import importlib, pkgutil, sys
import forms, wizard
names = ("app", "desk", "shell", "jobs", "pages", "screenshots", "__main__")
edge = tuple(f"wizard.{name}" for name in names)
for package in (forms, wizard):
    for found in pkgutil.walk_packages(package.__path__, package.__name__ + ".", onerror=None):
        if not found.name.startswith(edge):
            importlib.import_module(found.name)
found = sorted(name for name in sys.modules if name.partition(".")[0] in {"PySide6", "shiboken6"})
sys.exit(f"Qt was imported: {found}" if found else 0)
"""


def test_nothing_below_the_edge_imports_qt() -> None:
    run = subprocess.run([sys.executable, "-c", EVERYTHING_BUT_THE_EDGE], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
