"""What a terminal keeps besides its ledger file: a second copy of the journal, and backups."""
