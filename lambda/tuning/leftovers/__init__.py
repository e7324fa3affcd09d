"""What executions leave in SageMaker, and what of it may be deleted."""
