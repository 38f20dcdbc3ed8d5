"""Loads, checks and freezes editions."""
