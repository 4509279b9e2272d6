"""A terminal asks how a member's tier follows."""

import pytest

from pos_app.ids import new_id
from tests.hq.api.live import Till, code_of


def test_a_stranger_is_answered_with_nothing(till: Till) -> None:
    answer = till.live.get(f"/members/{new_id().hex}/tier", till.token)

    assert (answer.status_code, code_of(answer)) == (404, "member_unknown")


@pytest.mark.parametrize("name", ["x", "1" * 31, "G" * 32])
def test_what_is_no_identity_is_malformed(till: Till, name: str) -> None:
    answer = till.live.get(f"/members/{name}/tier", till.token)

    assert code_of(answer) == "malformed"


def test_without_a_session_nothing_is_told(till: Till) -> None:
    answer = till.live.get(f"/members/{'1' * 32}/tier")

    assert answer.status_code == 401
