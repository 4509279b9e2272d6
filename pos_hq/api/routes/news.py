"""The doors where a terminal hears what changed, who the members are, and what is in question."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from pos_app.sync.wire import FeedPage, SnapshotPage
from pos_app.sync.wire_alerts import AlertList
from pos_app.sync.wire_cases import ExceptionList
from pos_hq import alerts, exceptions, feed
from pos_hq.api.callers import AtHand, LivingWho, Who
from pos_hq.api.documented import ANYBODY, WITH_TOKEN, door
from pos_hq.api.refusals import EpochOver, Malformed

router = APIRouter(prefix="/v1", tags=["news"])
_NEWS = (*ANYBODY, *WITH_TOKEN, Malformed)
Limit = Annotated[int, Query(ge=1, le=feed.ITEMS_MOST, description="How many items at most.")]
Cursor = Annotated[int, Query(ge=0, lt=1 << 63, description="The last page's cursor, else 0.")]
After = Annotated[
    str | None, Query(pattern="^[0-9a-f]{32}$", description="The last page's `next`.")
]
Members = Annotated[bool, Query(description="False leaves them out: the snapshot has them.")]


@router.get(
    "/feed",
    summary="What changed since a cursor",
    description="Every page lists the grants whose receipt HQ has not seen.",
    **door(FeedPage, (*_NEWS, EpochOver)),
)
def page(
    doors: AtHand,
    who: LivingWho,
    cursor: Cursor = 0,
    limit: Limit = 500,
    *,
    members: Members = True,
) -> Response:
    return _json(feed.page_json(doors.hq, who, cursor, limit, members=members))


@router.get(
    "/snapshot",
    summary="All members, in the order of their identities",
    description="For a new ledger; the feed goes on from the first page's cursor.",
    **door(SnapshotPage, (*_NEWS, EpochOver)),
)
def snapshot(doors: AtHand, who: LivingWho, after: After = None, limit: Limit = 500) -> Response:
    return _json(feed.snapshot_json(doors.hq, who, after, limit))


@router.get(
    "/exceptions",
    summary="What of the caller's a person must look at",
    **door(ExceptionList, (*ANYBODY, *WITH_TOKEN)),
)
def of_node(doors: AtHand, who: Who) -> ExceptionList:
    return exceptions.of_node(doors.hq, who)


@router.get(
    "/alerts",
    summary="What the fraud radar found that concerns the caller's store",
    description="An alert blocks nothing: a person looks at its rows. The feed tells of it, too.",
    **door(AlertList, (*ANYBODY, *WITH_TOKEN)),
)
def of_store(doors: AtHand, who: Who) -> AlertList:
    return alerts.of_store(doors.hq, who)


def _json(told: bytes) -> Response:
    return Response(told, media_type="application/json")
