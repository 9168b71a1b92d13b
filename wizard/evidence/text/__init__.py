"""What text says, piece by piece, and pages made of it. In the child process."""
