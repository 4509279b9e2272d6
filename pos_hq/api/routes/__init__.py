"""The doors, one file a topic."""
