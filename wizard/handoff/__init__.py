"""What leaves the program beside the pack: the e-mail draft and the password."""
