"""Office documents and spreadsheets as pages."""
