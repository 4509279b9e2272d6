"""The table of what stores give by themselves."""

from __future__ import annotations

from pos_hq.store.schema import octets, table, text, whole

# Signed by HQ, like the programme that they stand beside.
store_benefits = table(
    "store_benefits",
    ("version",),
    text("version"),
    text("store"),
    octets("document"),
    octets("signature"),
    whole("effective_from"),
    whole("added_at"),
)
