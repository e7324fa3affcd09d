"""What the page says in words and tables, a file a section, in the order a reader asks."""
