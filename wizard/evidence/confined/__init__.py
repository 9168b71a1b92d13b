"""The child process that alone touches files from outside: its start, its limits, its end."""
