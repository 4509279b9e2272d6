"""The doors of the shop's other systems: what members did, and the figures of all points."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from pos_hq import behaviours, facts, points_report
from pos_hq.api.bodies import shaped
from pos_hq.api.callers import AtHand, PlainBody
from pos_hq.api.documented import ANYBODY, WITH_BODY, WITH_KEY, door
from pos_hq.api.integrators import allowed
from pos_hq.api.refusals import Malformed
from pos_hq.integration_shapes import BehaviourAsk, PointsReport, Rewarded
from pos_hq.integrations import Scope
from pos_hq.store.integration_rows import IntegrationRow

Month = Annotated[
    str | None,
    Query(pattern="^20[0-9]{2}-(0[1-9]|1[0-2])$", description="Like 2026-06; else this month."),
]
router = APIRouter(prefix="/v1", tags=["integrations"])
_REFUSED = (facts.MemberUnknown, facts.MemberBlocked, facts.ReferenceTaken, facts.NotInTime)


@router.post(
    "/behaviours",
    summary="Tell what a member did, to be rewarded by the programme",
    description="Asking again under the same reference brings the first answer, for ever. It is"
    " told within seven days; the rules are those in force when HQ hears of it.",
    **door(Rewarded, (*ANYBODY, *WITH_BODY, *WITH_KEY, *_REFUSED), BehaviourAsk),
)
def record(
    doors: AtHand,
    who: Annotated[IntegrationRow, Depends(allowed(Scope.BEHAVIOURS))],
    body: PlainBody,
) -> Rewarded:
    return behaviours.record(doors.hq, who, shaped(BehaviourAsk, body))


@router.get(
    "/points-report",
    summary="The points of a month, each figure with its derivation",
    description="The redemption rate of twelve months, what moved the points, and what is owed.",
    **door(PointsReport, (*ANYBODY, *WITH_KEY, Malformed)),
)
def points(
    doors: AtHand,
    _who: Annotated[IntegrationRow, Depends(allowed(Scope.POINTS))],
    month: Month = None,
) -> PointsReport:
    asked = None if month is None else date.fromisoformat(f"{month}-01")
    return points_report.report(doors.hq, asked)
