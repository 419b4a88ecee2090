"""``python -m derivations.generating``: write the generated kernels anew, from the project's root."""

from __future__ import annotations

import sys

from derivations.generating.modules import KERNELS, write


def main() -> int:
    """Write the modules; returns the exit status."""
    if not KERNELS.is_dir():
        sys.stderr.write(f"no folder {KERNELS} here: run this from the project's root\n")
        return 2
    for path in write(KERNELS):
        sys.stdout.write(f"{path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
