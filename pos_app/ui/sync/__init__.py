"""The link to HQ in the window: badge, banner, and when the next beat is due."""
