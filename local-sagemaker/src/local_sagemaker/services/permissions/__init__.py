"""Who calls, with which policies, and what the policies of what is called say.

IAM's own rules are in local_sagemaker.iam; here is what moto keeps of roles, users and resources.
"""
