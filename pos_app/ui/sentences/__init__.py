"""What each failure sounds like, by topic."""
