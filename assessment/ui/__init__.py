"""The only Streamlit: shell, state, widgets, pages."""
