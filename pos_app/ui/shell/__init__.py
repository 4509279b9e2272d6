"""The window around all screens: rail, pages, panel, status bar, keys and scans."""
