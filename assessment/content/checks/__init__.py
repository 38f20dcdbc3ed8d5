"""The lint rules: one module each, named as its code. A rule notes what it finds at the desk.

The docstring of a module is its entry in docs/reference/lint-rules.md.
"""
