"""The member terminal: a counter program with its own ledger, online or not."""
