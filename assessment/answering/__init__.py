"""What is asked next and what is wrong with an answer. Pure."""
