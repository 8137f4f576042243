"""From marks to a signed proposal: draws, runs of the engine, the what-if desk, the report."""
