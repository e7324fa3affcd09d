"""Every call to AWS, and the only room that imports boto3 or botocore.

Its functions take and return the types of the other rooms, which ask for them by Protocol.
"""
