"""What tests of several rooms need, made once in a run."""

from functools import cache

import pytest

from derivations import catalogue


@pytest.fixture(scope="session")
def proof_of():
    """The certified proof of an entry by its name: the kernel is asked once for each line."""
    return cache(lambda name: catalogue.get(name).proof())
