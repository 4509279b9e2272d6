"""Keeps the catalogues in step with the source: `python3 bootstrap.py words`."""

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "resources" / "languages"
TRANSLATED = ("zh_CN", "zh_TW")
# Headers that change with every run and say nothing that Git does not know.
_VOLATILE = (
    '"Project-Id-Version',
    '"Report-Msgid-Bugs-To',
    '"POT-Creation-Date',
    '"PO-Revision-Date',
    '"Last-Translator',
    '"Language-Team',
    '"Generated-By',
)
_NO_DATE = datetime.fromtimestamp(0, UTC)


def spoken_in_source() -> Catalog:
    """Return every message that the program's source contains, untranslated."""
    template = Catalog()
    found = extract_from_dir(
        ROOT / "pos_app",
        method_map=[("**.py", "python")],
        keywords={"_": None, "_n": (1, 2)},
        comment_tags=("Words:",),
        strip_comment_tags=True,
    )
    for _file, _line, message, comments, context in found:
        template.add(message, auto_comments=comments, context=context)
    return template


def said_once() -> set[object]:
    """Return the messages that the source says without counting."""
    found = extract_from_dir(
        ROOT / "pos_app", method_map=[("**.py", "python")], keywords={"_": None}
    )
    return {message for _file, _line, message, _comments, _context in found}


def catalogue(code: str) -> Catalog:
    """Return what the translators of a language have written."""
    with (FOLDER / f"{code}.po").open("rb") as file:
        return read_po(file, locale=code)


def in_step(code: str, template: Catalog) -> Catalog:
    """Return a language's catalogue with the new messages added and the unused ones dropped."""
    words = catalogue(code)
    words.update(template, no_fuzzy_matching=True, update_header_comment=False)
    words.obsolete.clear()
    return words


def as_text(words: Catalog) -> str:
    """Return a catalogue as the text of its .po file, the same for the same words."""
    file = io.BytesIO()
    write_po(file, words, width=100, no_location=True, sort_output=True, ignore_obsolete=True)
    lines = file.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(_VOLATILE)).lstrip()


def compiled(words: Catalog) -> bytes:
    """Return a catalogue as the bytes of its .mo file, the same for the same words."""
    words.creation_date = words.revision_date = _NO_DATE
    file = io.BytesIO()
    write_mo(file, words)
    return file.getvalue()


def main() -> int:
    """Rewrite the catalogues and say what still waits for a translator."""
    template = spoken_in_source()
    for code in TRANSLATED:
        words = in_step(code, template)
        (FOLDER / f"{code}.po").write_text(as_text(words), "utf-8", newline="\n")
        (FOLDER / f"{code}.mo").write_bytes(compiled(catalogue(code)))
        waiting = [message for message in words if message.id and not all(forms(message))]
        sys.stdout.write(f"{code}: {len(words)} messages, {len(waiting)} without a translation\n")
    return 0


def forms(message: Message) -> tuple[str, ...]:
    """Return the translations of a message: one, or one for each plural form."""
    string = message.string or ""
    return (string,) if isinstance(string, str) else tuple(string)


if __name__ == "__main__":
    sys.exit(main())
