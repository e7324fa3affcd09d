"""What all resources of SageMaker have in common: kind, name, ARN, tags, status and lists."""
