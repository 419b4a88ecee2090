"""Deciding claims: the only room whose word "proved" counts.

For a `proved` to be right, these must be right, and nothing else:

- `derivations.language`: the meaning of nodes, substitution without capture, derivatives of raw expressions;
- `polynomials`, `atoms`, `rational`: exact arithmetic of rational functions of atoms, which are real numbers;
- `normal_form`, `rules`, `branching`, `deltas`, `exponentials`, `finite`, `sums`, `products`, `reindexing`,
  `chances`: each step keeps the value wherever the expression is defined under the recorded conditions;
- `sign`, `definedness`: what is called positive or nonzero is so for all values that the declarations allow;
- `assumptions`: the facts of a claim say no more than its assumptions;
- `prove`: both sides and all that a derivative presupposes were normalised; every condition met on the way
  was discharged or handed over.

Refutation and the verdict ladder check these by evaluating every proved claim on small instances.
"""
