"""What pushed events mean to HQ: pure functions from loaded values to changes."""
