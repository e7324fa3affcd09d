"""Executions of the workflow: found, followed, told, and the models they belong to."""
