"""Derivations laid out line by line, one rule a line: rules and SymPy propose, the kernel certifies.

`proof` holds what is laid out, `rules` the table of reasons; `calculus` and `rational` propose the next
line of a derivative, `tracing` puts them in order, `certifying` asks the kernel about every line.
"""
