"""Models, endpoint configs and endpoints: deployments, invocations, captured data."""
