"""From an assessment to a report: parts, tables and figures as data, in the reader's language. Pure."""
