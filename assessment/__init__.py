"""Self-assessment of manufacturing firms: questionnaire, scoring, recommendation, report."""

__version__ = "0.1.0"
