"""Generated code: written by `python -m derivations.generating`, committed, never edited."""
