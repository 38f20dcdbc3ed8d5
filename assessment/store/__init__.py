"""The only SQL: assessments, answer revisions, capabilities."""
