"""CloudFormation's calls, each a function of moto's request, which reads and writes their XML."""
