"""CloudFormation: the resource types that moto lacks, and failures that are told."""
