"""Judging a whole derivation, whoever wrote it, and the report that says what was found."""
