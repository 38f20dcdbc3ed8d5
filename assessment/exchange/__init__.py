"""Answers in and out of files: JSON, XLSX, CSV."""
