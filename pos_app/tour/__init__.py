"""A morning at the counter, driven through the real window: demo, training, acceptance test."""
