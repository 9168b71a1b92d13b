"""Register exports read into sessions."""
