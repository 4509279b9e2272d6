"""What is wrong with the answers of the first start."""

from __future__ import annotations

from urllib.parse import urlsplit

from pos_app.language import _
from pos_app.ui.first_start.state import Answers, Problems

_LONGEST_NAME = 40
_PIN_DIGITS = 6


def terminal_problems(answers: Answers) -> Problems:
    """Look at the names of store and till."""
    return Problems(
        store_name=_name_problem(answers.store_name),
        terminal_name=_name_problem(answers.terminal_name),
    )


def chain_problems(answers: Answers) -> Problems:
    """Look at HQ's address and its one-time code."""
    return Problems(
        address=_address_problem(answers.address),
        code="" if answers.code.strip() else _("Please fill this in."),
    )


def address_of(typed: str) -> str:
    """Return an address as it was meant: protected, unless it says otherwise."""
    plain = typed.strip()
    return (plain if "://" in plain else f"https://{plain}").rstrip("/")


def manager_problems(answers: Answers) -> Problems:
    """Look at who shall be the first manager."""
    number, pin = answers.number.strip(), answers.pin
    whole = pin.isascii() and pin.isdigit() and len(pin) == _PIN_DIGITS
    digits = number.isascii() and number.isdigit()
    return Problems(
        number="" if digits else _("Only digits, for example 1001."),
        name=_name_problem(answers.name),
        pin="" if whole else _("Six digits."),
        pin_again="" if pin == answers.pin_again else _("The two PINs are not the same."),
    )


def _address_problem(typed: str) -> str:
    if not typed.strip():
        return _("Please fill this in.")
    good = _is_address(address_of(typed))
    return "" if good else _("An address looks like https://hq.example.com.")


def _is_address(text: str) -> bool:
    if any(letter.isspace() for letter in text):
        return False
    try:
        parts = urlsplit(text)
        port_fits = parts.port is None or parts.port > 0
    except ValueError:
        return False
    plain = not parts.query and not parts.fragment
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and plain and port_fits


def _name_problem(text: str) -> str:
    length = len(text.strip())
    if length == 0:
        return _("Please fill this in.")
    if length > _LONGEST_NAME:
        return _("At most {count} characters.").format(count=_LONGEST_NAME)
    return ""
