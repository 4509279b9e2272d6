"""The words of the program: English in the source, other languages by gettext."""

from __future__ import annotations

import gettext
from pathlib import Path

LANGUAGES = ("zh_CN", "en", "zh_TW")
_CATALOGUES = Path(__file__).parent.parent / "resources" / "languages"


class _Speech:
    """The language now spoken; one for the process, as the operating system has one."""

    catalogue: gettext.NullTranslations = gettext.NullTranslations()
    code: str = "en"


def speak(code: str) -> None:
    """Switch to a language of LANGUAGES. Text made before the switch stays as it was."""
    assert code in LANGUAGES, code
    _Speech.code = code
    if code == "en":
        _Speech.catalogue = gettext.NullTranslations()
        return
    with (_CATALOGUES / f"{code}.mo").open("rb") as file:
        _Speech.catalogue = gettext.GNUTranslations(file)


def spoken() -> str:
    """Return the code of the language now spoken."""
    return _Speech.code


def _(message: str) -> str:
    """Translate a message. Facts are filled in afterwards: `_("Pay {amount}").format(amount=…)`."""
    return _Speech.catalogue.gettext(message)


def _n(one: str, many: str, count: int) -> str:
    """Translate a message that counts."""
    return _Speech.catalogue.ngettext(one, many, count)
