"""The trials of a tuning job for the tools that people have, a file a tool."""
