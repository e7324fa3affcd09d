"""IAM: which permissions a call needs, and what policies say of them. It knows no server.

`needs` tells the permissions of a call, `policies` reads policies and decides.
"""
