"""PDFs from outside, rebuilt page by page, and pages drawn. In the child process."""
