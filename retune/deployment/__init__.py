"""What is deployed, would be deployed, or stays behind."""
