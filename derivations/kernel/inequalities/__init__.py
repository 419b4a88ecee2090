"""Proofs of inequalities: a search for certificates, each step of which is a lemma with its own guarantee.

`search` tries the rules of its table on a `goal` and on what they leave of it. For a certificate to be right,
every rule must be: `signs`, `squares`, `sums`, `cauchy`, `gaps`, `absolute`, `exponentiating`, `bounds`,
`calculus`, and with them `putting` and `rates`. `plausible` only saves work.
"""
