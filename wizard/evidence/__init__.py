"""Files from outside made into safe, known documents, in a child process."""
