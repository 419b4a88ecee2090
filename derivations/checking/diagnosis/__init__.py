"""Why a step is wrong: the smallest edit of its right side that the kernel proves, named from a table.

A diagnosis is a theorem, "this line is right if ...", never a guess.
"""
