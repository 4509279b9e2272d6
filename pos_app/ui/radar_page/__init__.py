"""What the fraud radar found, for a manager to look at."""
