"""A manager's consent, given where the cashier works."""
