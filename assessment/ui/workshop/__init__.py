"""The parts of the pages of a workshop: for whoever leads it, and for the projector."""
