"""Starts HQ: `python -m pos_hq …`."""

from pos_hq.cli import main

if __name__ == "__main__":
    main()
