"""Pages set in type: names in every script, lines, tables, tags; what the pack and evidence pages have in common."""
