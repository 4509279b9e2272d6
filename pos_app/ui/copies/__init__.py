"""What the window says of the second copy and of backups, and when they are made."""
