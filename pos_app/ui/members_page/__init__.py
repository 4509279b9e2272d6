"""Finding a member among all."""
