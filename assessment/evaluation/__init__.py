"""Formulas and conditions over columns: one row a firm, bounds beside every value. Pure; numpy."""
