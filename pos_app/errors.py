"""The root of every failure that an operator can meet."""


class PosError(Exception):
    """An expected failure. Subclasses are dataclasses of facts.

    `ui/text.py` writes the sentence.
    """
