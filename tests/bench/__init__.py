"""Benchmarks: scripts that print a table, run by hand (docs/benchmarks.md); never timed tests."""
