"""Qt pages: what the user sees of a task."""
