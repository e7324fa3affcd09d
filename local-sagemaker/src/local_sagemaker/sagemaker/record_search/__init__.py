"""The Search operation, on training jobs and tuning jobs."""
