"""From proved formulas to NumPy source: stability rows, SymPy's NumPy printer, committed modules."""
