"""The screen: shell, widgets and pages. The only streamlit."""
