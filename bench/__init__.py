"""Benchmarks: each side by side with a named alternative in one run, told as ratios of CPU time."""
