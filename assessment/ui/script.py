"""What Streamlit runs for every visitor and every change."""

from assessment.ui.shell import show

show()
