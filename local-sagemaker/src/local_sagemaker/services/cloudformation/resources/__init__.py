"""The resource types that CloudFormation makes here, each through its service's own API."""
