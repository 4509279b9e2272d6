"""Who works at this till, and what a manager changes about it."""
