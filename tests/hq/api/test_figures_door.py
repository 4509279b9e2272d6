"""The door where a member's figure is led back to its events."""

import pytest

from tests.hq import desk
from tests.hq.api.live import Live, Till, code_of


def test_a_figure_is_explained_to_a_terminal(till: Till) -> None:
    other = desk.author(till.live.hq)
    member = other.member()
    other.top_up(member, 10_000)
    other.push()

    answer = till.get(f"/members/{member}/explain/stored_value?limit=1")

    told = answer.json()
    assert answer.status_code == 200
    assert (told["figure"], told["even"], told["next"]) == (10_000, True, None)
    assert told["steps"][0]["kind"] == "TOPUP"


def test_of_nobody_nothing_is_told(till: Till) -> None:
    answer = till.get(f"/members/{'0' * 32}/explain/points")

    assert (answer.status_code, code_of(answer)) == (404, "member_unknown")


@pytest.mark.parametrize("path", ["/members/0/explain/points", f"/members/{'0' * 32}/explain/luck"])
def test_what_is_no_figure_of_a_member_is_refused(till: Till, path: str) -> None:
    assert till.get(path).status_code == 422


def test_a_stranger_is_told_nothing(open_hq: Live) -> None:
    answer = open_hq.get(f"/members/{'0' * 32}/explain/points")

    assert (answer.status_code, code_of(answer)) == (401, "token_missing")


def test_a_terminal_reads_the_liability_of_its_own_store(till: Till) -> None:
    other = desk.author(till.live.hq)
    other.top_up(other.member(), 10_000)
    other.push()

    told = till.get("/liability?first=2020-01-01&last=2099-12-31").json()

    assert told["store"] == desk.STORE
    assert told["roll"]["closing"] == told["roll"]["lots"] == {"principal": 10_000, "bonus": 0}
    assert (told["even"], told["custody"]["large"]) == (True, 2_000)


def test_a_day_that_is_none_is_refused(till: Till) -> None:
    assert till.get("/liability?first=yesterday").status_code == 422
