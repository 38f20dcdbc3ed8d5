"""Where a number comes from, in words: one page for each node of a trace."""
