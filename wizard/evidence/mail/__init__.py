"""Messages as pages, and what is attached to them. In the child process."""
