"""How the right side of a step may have come to be wrong: one module a family, one function a mistake.

Each function gives right sides that may have been meant, the most plausible first. None of them decides.
"""
