"""The proof checker: facts, steps, the moves that rules allow, and what leads from a definition to a statement."""
