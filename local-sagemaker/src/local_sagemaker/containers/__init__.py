"""Programs that do what SageMaker's own container images do, without Docker."""
