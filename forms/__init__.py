"""The questions: each declared once, typed; screen, validation, pack and command line derive from them."""
