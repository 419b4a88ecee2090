"""The derivative of the sigmoid, in the three forms that people meet."""

from __future__ import annotations

import sympy

from derivations.catalogue.entry import Entry, Equation
from derivations.catalogue.symbols import logistic, parameter, sigma, z

SIGMOID = Equation(sigma(z), logistic(z))

DERIVATIVE = sigma(z) * (1 - sigma(z))
"""sigma'(z), as every other entry uses it."""

ENTRIES = (
    Entry(
        name="sigmoid-derivative",
        title="Derivative of the sigmoid",
        left=sympy.Derivative(sigma(z), z),
        lines=(
            sympy.diff(logistic(z), z),
            sigma(z) * sigma(-z),
            DERIVATIVE,
        ),
        declarations=(parameter("z"),),
        definitions=(SIGMOID,),
    ),
)
