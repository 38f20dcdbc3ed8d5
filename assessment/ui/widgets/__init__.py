"""From the kind of a question to its input."""
