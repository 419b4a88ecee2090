"""Runs the text of a generated file as a user would: from a file."""

import runpy
from pathlib import Path
from tempfile import TemporaryDirectory


def functions(source):
    """The names that a file with the text `source` defines."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "written.py"
        path.write_text(source, "utf-8")
        return runpy.run_path(str(path))
