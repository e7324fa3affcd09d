"""Events of CloudWatch Logs."""
