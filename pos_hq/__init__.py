"""HQ: receives what the terminals did, owns every balance, and hands out rights to spend."""
