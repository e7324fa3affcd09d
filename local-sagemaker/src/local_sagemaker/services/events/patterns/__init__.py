"""Event patterns of EventBridge: what they may say, and which events they match.

Source: "Creating Amazon EventBridge event patterns" of the user guide; words as recorded on AWS.
"""
