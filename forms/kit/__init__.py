"""The vocabulary that the forms are written in."""
