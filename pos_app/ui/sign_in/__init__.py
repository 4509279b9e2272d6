"""Who works at this till: signing in, locking, taking over."""
