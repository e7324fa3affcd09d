"""What tuning found, as files for programs and a page for people."""
