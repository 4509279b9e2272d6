"""Everything about one member."""
