"""What waits for HQ, and what HQ wants a person to look at."""
