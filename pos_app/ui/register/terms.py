"""The text that a new member agrees to, and its version."""

from __future__ import annotations

from pos_app.language import _

VERSION = "2026-11"


def terms_text() -> str:
    """Return the whole text, as the member may read it at the counter."""
    return "\n\n".join(
        (
            _(
                "1. Membership. The store keeps your phone number to recognise you. Name, gender "
                "and birthday are your choice; without them you lose nothing but the birthday gift."
            ),
            _(
                "2. Stored value. What you pay in is the principal and never expires. The bonus is "
                "a gift: it can be spent but is never paid out. Within 7 days of a top-up that you "
                "have not used, you get the whole principal back. A balance is at most ¥5,000."
            ),
            _(
                "3. Points. One point for each yuan of money or principal. They expire at the end "
                "of the month, 24 months later; we remind you before. A return takes its points "
                "back."
            ),
            _(
                "4. Your data. It is stored encrypted, used for your membership only, and shown to "
                "staff masked. You can see it, correct it, take it along, or have it erased at any "
                "counter. Records that the law wants kept are kept locked for that time."
            ),
            _(
                "5. Messages. We send advertising only if you agree to it separately, and stop as "
                "soon as you say so."
            ),
        )
    )
