"""Deeds as a user would name them: start, answer, review, see the result, publish the report."""
