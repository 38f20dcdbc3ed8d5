"""Nouns: questionnaire, answers, indicators, dilemmas, countermeasures, problems. No third party."""
