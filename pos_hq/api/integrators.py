"""Which of the shop's other systems stands at the door, and whether its key opens this one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from pos_hq import integrations
from pos_hq.api.callers import AtHand, stranger, take
from pos_hq.api.refusals import TokenMissing
from pos_hq.facts import NotAuthorised
from pos_hq.integrations import Scope
from pos_hq.store.integration_rows import IntegrationRow

_key = HTTPBearer(
    auto_error=False,
    scheme_name="Integration",
    description="The key that `pos-hq create-integration` showed once.",
)
Key = Annotated[HTTPAuthorizationCredentials | None, Depends(_key)]


def integrator(request: Request, doors: AtHand, shown: Key) -> IntegrationRow:
    """Return whose key is shown. Raises TokenMissing, NotAuthorised, TooOften."""
    if shown is None:
        raise TokenMissing
    try:
        who = integrations.of_key(doors.hq, shown.credentials)
    except NotAuthorised:
        stranger(request, doors)
        raise
    take(doors.nodes, who.id.hex())
    return who


def allowed(scope: Scope) -> Callable[[IntegrationRow], IntegrationRow]:
    """Return a dependency that lets in whose key opens this. It raises ScopeMissing."""

    def let_in(who: Annotated[IntegrationRow, Depends(integrator)]) -> IntegrationRow:
        integrations.ensure_opens(who, scope)
        return who

    return let_in
