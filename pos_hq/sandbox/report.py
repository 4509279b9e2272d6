"""What the sandbox found, line by line: in total, and store by store."""

from __future__ import annotations

from collections.abc import Iterator

from pos_hq.programme.amounts import yuan
from pos_hq.sandbox.replay import Store, Tried

_COUNTS = {
    "points": "points issued, net of returns",
    "pending": "points waiting for review",
    "growth": "growth",
}
_MONEY = {
    "item_discount": "discounts of member days",
    "coupon_discount": "discounts by coupons",
    "points_value": "paid by points",
    "rounding": "cash rounding",
    "paid": "paid for goods, net of returns",
    "bonus": "bonus of top-ups",
    "owed": "stored value owed, change",
}


def report(tried: Tried) -> Iterator[str]:
    """Yield the lines of a report: as it was -> as it would have been (difference)."""
    yield f"{tried.version} on {tried.since} to {tried.today}: {tried.events:,} events"
    yield "all stores"
    yield from _lines(_together(tried))
    for name, store in sorted(tried.stores.items()):
        yield name
        yield from _lines(store)
    for reason, skipped in sorted(tried.skipped.items()):
        yield f"left as it was, {reason}: {skipped.count:,} ({', '.join(skipped.named)})"


def _together(tried: Tried) -> Store:
    whole = Store()
    for store in tried.stores.values():
        whole.was.update(store.was)  # adding Counters would drop what is below zero
        whole.would.update(store.would)
    return whole


def _lines(store: Store) -> Iterator[str]:
    for name, words in _COUNTS.items():
        was, would = store.was[name], store.would[name]
        yield f"  {words:.<36} {was:,} -> {would:,} ({would - was:+,})"
    for name, words in _MONEY.items():
        was, would = store.was[name], store.would[name]
        sign = "+" if would >= was else ""
        yield f"  {words:.<36} {yuan(was)} -> {yuan(would)} ({sign}{yuan(would - was)})"
    for name in sorted({*store.was, *store.would}):
        if name.startswith("tier "):
            was, would = store.was[name], store.would[name]
            words = f"members at {name.removeprefix('tier ')} in the end"
            yield f"  {words:.<36} {was:,} -> {would:,} ({would - was:+,})"
