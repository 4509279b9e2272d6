"""Coupon codes that people read out and type: short, forgiving, and checked."""

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PAYLOAD = 10
LARGEST_NUMBER = len(SYMBOLS) ** PAYLOAD - 1
_LOOK_ALIKE = str.maketrans("OIL", "011", " -")
_LENGTH = PAYLOAD + 1


def code_of(number: int) -> str:
    """Write a number of 50 bits as a code, such as 4F7K-92QT-M0X.

    Base 32 without the letters that look like digits (Crockford); the last symbol checks the
    others (Luhn modulo 32): every wrong symbol is caught, and every swap of two neighbours but 0Z.
    """
    assert 0 <= number <= LARGEST_NUMBER, "a coupon's number has 50 bits"
    digits = [number >> 5 * place & 31 for place in reversed(range(PAYLOAD))]
    text = "".join(SYMBOLS[digit] for digit in (*digits, _check(digits)))
    return f"{text[:4]}-{text[4:8]}-{text[8:]}"


def number_of(text: str) -> int | None:
    """Read a code as it is typed, in any case, with blanks and hyphens; None when it is not one."""
    symbols = text.upper().translate(_LOOK_ALIKE)
    if len(symbols) != _LENGTH or not set(symbols) <= set(SYMBOLS):
        return None
    *digits, check = (SYMBOLS.index(symbol) for symbol in symbols)
    if check != _check(digits):
        return None
    number = 0
    for digit in digits:
        number = number << 5 | digit
    return number


def _check(digits: list[int]) -> int:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = digit if place % 2 else 2 * digit
        total += doubled // 32 + doubled % 32
    return -total % 32
