"""The app's own sentences, one TOML a language."""
