"""Hypothesis without a deadline: a shared machine's clock says nothing about a kernel."""

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.register_profile("thorough", deadline=None, max_examples=3000)
settings.load_profile("unhurried")
