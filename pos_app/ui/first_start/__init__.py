"""The first start of a terminal: its name and its first manager."""
