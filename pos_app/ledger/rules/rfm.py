"""Members in bands by recency, frequency and money (TAG-09, TAG-10)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

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
    recency = _quintiles([one.last_purchase.toordinal() for one in buyers])
    frequency = _quintiles([one.purchases for one in buyers])
    monetary = _quintiles([one.paid.minor for one in buyers])
    return tuple(
        Scored(
            one.member,
            one.last_purchase,
            recency[one.last_purchase.toordinal()],
            frequency[one.purchases],
            monetary[one.paid.minor],
        )
        for one in buyers
    )


def into_bands(scored: Iterable[Scored], programme: Programme) -> tuple[Banded, ...]:
    """Return the ranking by descending score, cut into the programme's shares.

    The sizes lose nobody (RND-A: largest remainder, ties to the higher band). Equal scores are
    ranked by the more recent purchase, then by the member's id.
    """
    ranked = sorted(
        scored, key=lambda one: (-one.score, -one.last_purchase.toordinal(), one.member.int)
    )
    bands = programme.rfm.bands
    sizes = Points(len(ranked)).allocate([share for _, share in bands])
    names = [name for (name, _), size in zip(bands, sizes, strict=True) for _ in range(size.minor)]
    return tuple(
        Banded(one, name, place)
        for place, (one, name) in enumerate(zip(ranked, names, strict=True), start=1)
    )


def _quintiles(figures: Sequence[int]) -> dict[int, int]:
    better: dict[int, int] = {}
    for place, figure in enumerate(sorted(figures, reverse=True)):
        better.setdefault(figure, place)
    return {
        figure: QUINTILES - QUINTILES * before // len(figures) for figure, before in better.items()
    }
