"""The pages: one `show(frame)` each."""
