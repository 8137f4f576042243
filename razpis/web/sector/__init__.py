"""What the sector does: calls, questions, the registry of paper, the journal, accounts."""
