"""The door to HQ of a terminal that has none."""

from pos_app.errors import PosError
from pos_app.ids import MemberId, new_id
from pos_app.ui.checkout.doors import nothing_to_cover


def test_without_an_hq_there_is_nothing_to_wait_for() -> None:
    answers: list[None] = []
    failures: list[PosError] = []

    nothing_to_cover(MemberId(new_id()), (), answers.append, failures.append)

    assert (answers, failures) == ([None], [])
