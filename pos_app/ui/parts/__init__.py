"""What several screens show the same way."""
