"""Stored value for money."""
