"""Measure, place, recommend: pure functions over columns, one row a firm."""
