"""Plays searches on tasks: real trainings, tables of them, and functions."""
