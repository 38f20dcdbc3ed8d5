"""Deeds, named as a user would name them."""
