"""The counter: finding a member, and what the cashier needs to know about them."""
