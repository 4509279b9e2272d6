"""A demo store: believable members and a year of trading, made by the use cases of the real one."""
