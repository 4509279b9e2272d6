"""HTTP is answered here: HQ's doors for terminals, and what they refuse."""
