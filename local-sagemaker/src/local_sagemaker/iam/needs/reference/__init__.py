"""The Service Authorization Reference as data: actions, resource types, condition keys."""
