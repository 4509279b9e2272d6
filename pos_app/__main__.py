"""Starts the program: `python -m pos_app …`."""

from pos_app.cli import main

if __name__ == "__main__":
    main()
