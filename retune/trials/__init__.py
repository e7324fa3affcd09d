"""Tuning jobs and their training jobs, and their report."""
