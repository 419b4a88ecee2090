"""Deciding claims: the only room whose word "proved" counts.

For a `proved` to be right, these must be right, and nothing else:

- `derivations.language`: the meaning of nodes, substitution without capture, derivatives of raw expressions;
- `polynomials`, `atoms`, `common_factors`, `rational`: exact arithmetic of rational functions of atoms, which
  are real numbers;
- `normal_form`, `rules`, `branching`, `deltas`, `exponentials`, `finite`, `sums`, `products`, `maxima`,
  `reindexing`, `chances`, `sets`: each step keeps the value wherever the expression is defined under the
  recorded conditions;
- `inverses`, `contraction`, `multiplied`, `definite`: what is said of an inverse holds where it exists, and
  it exists where no condition asks for it;
- `known_functions`: the rules for pi and Phi; `splitting`: the cases of an absolute value are all of them;
- `intervals`: what a number within limits is made of takes all its values and no others;
- `sign`, `ordering`, `relations`, `definedness`: what is called positive or nonzero is so for all values
  that the declarations allow;
- `loewner`: an order between matrices is that of their quadratic forms, and a symmetry;
- `inequalities`: every rule there, each of which says that what it leaves of a goal implies the goal;
- `lemmas`: where one side of a proved equality stands outside of derivatives, the other may;
- `equations`: what is put in for a number is its value wherever the assumed equation holds;
- `assumptions`: the facts of a claim say no more than its assumptions, and `strengthening`, its conditions;
- `prove`: both sides and all that a derivative presupposes were normalised; every condition met on the way
  was discharged or handed over.

For a `refuted` to be right, these must be:

- `question`, `sampling`: every instance is within the declarations and assumptions of the opened claim;
- `evaluation`, `sharing`, `functions`: a value is exact or lies in its ball, and is missing where undefined;
- `boundary`: where all numbers are put in, the normal forms of two closed expressions agree only if they are
  equal;
- `refutation`: the two sides, and all that was differentiated, are certainly defined there, and they are
  certainly not as claimed.

`judge` climbs the ladder: instances, a proof, instances against the proof, what the proof used (`used`). It
alone constructs the verdicts of `verdict` that say proved. `workspace`, `budget` and `conditions` hold what
one attempt meets and may use. `decimals` writes numbers down for people, and
`missing` names a usual assumption under which a claim would hold; neither has a say in a verdict.

What is decided and what is not is told by the table in ``README.md`` beside this file.
"""

from derivations.kernel.inequalities.telling import Step
from derivations.kernel.judge import judge, judge_after, lemma
from derivations.kernel.lemmas import Lemma
from derivations.kernel.refutation import Witness
from derivations.kernel.verdict import Proved, ProvedWhereDefined, Refuted, Undecided, Verdict

__all__ = [
    "Lemma",
    "Proved",
    "ProvedWhereDefined",
    "Refuted",
    "Step",
    "Undecided",
    "Verdict",
    "Witness",
    "judge",
    "judge_after",
    "lemma",
]
