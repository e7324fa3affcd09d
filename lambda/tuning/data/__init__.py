"""What lies in S3 for training: channels, their objects, and a look at the first rows.

Nothing here calls S3 itself: a reader is handed in.
"""
