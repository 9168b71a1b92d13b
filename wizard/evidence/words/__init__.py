"""What the words of a document say of its date and of persons."""
