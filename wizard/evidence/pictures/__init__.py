"""Photos and scans, each on a page. In the child process."""
