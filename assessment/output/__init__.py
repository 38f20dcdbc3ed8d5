"""From a report to files: PDF."""
