"""The book: what was sold, topped up, returned and owed."""
