"""The parts of a report, one module a page: each gives one `Part`."""
