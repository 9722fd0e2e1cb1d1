"""Exploring what a model learned: points, walks and rendering."""
