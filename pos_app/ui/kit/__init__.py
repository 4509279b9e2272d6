"""The building blocks of every screen: tokens, theme, widgets, lanes, scans and keys."""
