"""Widgets that know no page, each usable by itself."""
