"""Processes: local AWS in the background, found and stopped, and children that end with it."""
