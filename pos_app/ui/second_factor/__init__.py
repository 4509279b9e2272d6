"""The sheet in which a member proves a stored-value payment."""
