"""The rules engine: a rulebook, cases, marks and a budget in; an evaluation with its trace out."""
