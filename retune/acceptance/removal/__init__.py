"""Removing all that has the prefix of an acceptance run, a file for each sort of thing."""
