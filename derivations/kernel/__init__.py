"""Deciding claims: the only room whose word "proved" counts.

For a `proved` to be right, these must be right, and nothing else:

- `derivations.language`: the meaning of nodes, substitution without capture, differentiation of raw expressions;
- `polynomials`, `atoms`, `rational`: exact arithmetic of rational functions whose indeterminates are real numbers;
- `normalizer`, `exponentials`, `sums`, `deltas`, `products`, `finite`, `chances`: each step from an expression to
  its normal form keeps its value wherever the expression is defined under the recorded conditions;
- `sign`: what is called positive, nonnegative or nonzero is so for all values that the declarations allow;
- `prove`: both sides and everything under a derivative were normalised, and every condition met on the way was
  either discharged or handed over.

Refutation and the verdict ladder check these by evaluating every proved claim on small instances.
"""
