"""A new member in one page."""
