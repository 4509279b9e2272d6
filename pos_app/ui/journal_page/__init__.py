"""What happened at this terminal, line by line."""
