"""Threads: the only package that imports both Qt and the engine."""
