"""Files from the school's own systems."""
