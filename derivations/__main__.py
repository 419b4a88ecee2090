"""``python -m derivations``: the same commands without an installed script."""

from derivations.cli import main

main()
