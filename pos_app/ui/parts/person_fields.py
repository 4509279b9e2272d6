"""What is asked of a person wherever one is registered or edited."""

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QLineEdit

from pos_app.language import _
from pos_app.ui.kit.choices import Option
from pos_app.ui.kit.editors import code_entry


def genders() -> tuple[Option, ...]:
    """Return the genders to choose from; nobody has to say."""
    return (
        Option("unsaid", _("Not said")),
        Option("female", _("Female")),
        Option("male", _("Male")),
    )


def calendars() -> tuple[Option, ...]:
    """Return the calendars that a birthday may be kept in."""
    return (Option("solar", _("Solar")), Option("lunar", _("Lunar")))


def date_part(name: str, digits: int) -> QLineEdit:
    """Return an entry for a year, a month or a day: at most `digits` digits and nothing else."""
    edit = code_entry(name, digits=True)
    edit.setAccessibleName(name)
    edit.setMaxLength(digits)
    edit.setValidator(QIntValidator(0, 10**digits - 1, edit))
    return edit
