"""The tables of what HQ has allowed a terminal to do, and has not yet heard that it did."""

from __future__ import annotations

from sqlalchemy import Index

from pos_hq.store.schema import octets, table, whole

# A sale that a terminal is returning some of. It stays until the return is in the node's chain, or
# the node, when its time was over, has told all it did.
claim = table(
    "claim",
    ("sale",),
    octets("sale"),
    octets("id"),  # the intent of the return
    octets("node"),
    whole("epoch"),
    whole("until"),
)
Index("claim_node", claim.c.node, claim.c.epoch)

phone_change = table(
    "phone_change",
    ("id",),
    octets("id"),  # the intent
    octets("member"),
    octets("node"),
    whole("at"),
)
