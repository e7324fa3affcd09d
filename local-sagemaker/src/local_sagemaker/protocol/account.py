"""The one account of local AWS, and the region of a request that names none."""

ACCOUNT = "123456789012"
DEFAULT_REGION = "us-east-1"
