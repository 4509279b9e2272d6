"""Members in bands by recency, frequency and money (TAG-09, TAG-10)."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from pos_app.ids import MemberId
from pos_app.ledger.rules.programme import Programme
from pos_app.money import Money, Points

QUINTILES = 5


@dataclass(frozen=True, slots=True)
class Buyer:
    """What an active member bought in the window: when last, how often, for how much."""

    member: MemberId
    last_purchase: date
    purchases: int
    paid: Money


@dataclass(frozen=True, slots=True)
class Scored:
    """An active member's quintiles, 5 the best; the score is their sum."""

    member: MemberId
    last_purchase: date
    recency: int
    frequency: int
    monetary: int

    @property
    def score(self) -> int:
        """Return 3 to 15."""
        return self.recency + self.frequency + self.monetary


@dataclass(frozen=True, slots=True)
class Banded:
    """An active member's band, and the place in the ranking, counted from 1."""

    scored: Scored
    band: str
    place: int


def rfm_bands(buyers: Iterable[Buyer], programme: Programme) -> tuple[Banded, ...]:
    """Score the active members and put them into bands; who bought nothing takes no part."""
    return into_bands(scores([one for one in buyers if one.purchases > 0]), programme)


def scores(buyers: Sequence[Buyer]) -> tuple[Scored, ...]:
    """Return each buyer's quintiles.

    A quintile is 5 − floor(5 × members who are strictly better / all members): equal figures have
    equal quintiles, the better one.
    """
    recency = _cuts([one.last_purchase.toordinal() for one in buyers])
    frequency = _cuts([one.purchases for one in buyers])
    monetary = _cuts([one.paid.minor for one in buyers])
    return tuple(
        Scored(
            one.member,
            one.last_purchase,
            quintile(one.last_purchase.toordinal(), recency),
            quintile(one.purchases, frequency),
            quintile(one.paid.minor, monetary),
        )
        for one in buyers
    )


def cut_places(members: int) -> tuple[int, ...]:
    """Return where, in falling order from 0, the least figure of each quintile above 1 stands.

    Whoever has too many members to hold at once asks a database for these four figures.
    """
    return tuple(-(-members * part // QUINTILES) - 1 for part in range(1, QUINTILES))


def quintile(figure: int, cuts: Sequence[int]) -> int:
    """Return the quintile of a figure among those whose cuts these are."""
    return 1 + sum(figure >= cut for cut in cuts)


def into_bands(scored: Iterable[Scored], programme: Programme) -> tuple[Banded, ...]:
    """Return the ranking by descending score, cut into the programme's shares.

    The sizes lose nobody (RND-A: largest remainder, ties to the higher band). Equal scores are
    ranked by the more recent purchase, then by the member's id.
    """
    ranked = sorted(
        scored, key=lambda one: (-one.score, -one.last_purchase.toordinal(), one.member.int)
    )
    ends = band_ends(len(ranked), programme)
    return tuple(
        Banded(one, band_at(place, ends), place) for place, one in enumerate(ranked, start=1)
    )


def band_ends(members: int, programme: Programme) -> tuple[tuple[str, int], ...]:
    """Return each band with the last place that belongs to it."""
    bands = programme.rfm.bands
    sizes = Points(members).allocate([share for _, share in bands])
    ends = accumulate(size.minor for size in sizes)
    return tuple((name, end) for (name, _), end in zip(bands, ends, strict=True))


def band_at(place: int, ends: Sequence[tuple[str, int]]) -> str:
    """Return the band of a place; behind the last one it is still the last."""
    found = bisect_left(ends, place, key=lambda one: one[1])
    return ends[min(found, len(ends) - 1)][0]


def _cuts(figures: Sequence[int]) -> list[int]:
    ranked = sorted(figures, reverse=True)
    return [ranked[place] for place in cut_places(len(ranked))] if ranked else []
