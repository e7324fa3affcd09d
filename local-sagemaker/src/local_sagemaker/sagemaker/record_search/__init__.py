"""The Search operation, on jobs and pipelines."""
