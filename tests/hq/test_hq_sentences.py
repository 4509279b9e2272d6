"""Whoever types a command of HQ reads a sentence, and never a name of the program."""

import inspect

import pytest

from pos_app.errors import PosError
from pos_app.money import Money
from pos_hq.sentences import sentence
from tests.hq.api.test_documents import BEHIND_THE_DOORS


@pytest.mark.parametrize("fact", sorted(BEHIND_THE_DOORS, key=str), ids=lambda fact: fact.__name__)
def test_every_fact_of_the_command_line_is_a_sentence(fact: type[PosError]) -> None:
    asked = inspect.signature(fact).parameters.values()
    told = sentence(fact(*(Money(500) if one.annotation == "Money" else "x" for one in asked)))

    assert told[0].isupper()
    assert told.endswith((".", ": pos-hq init"))
    assert fact.__name__ not in told
    assert "Refused:" not in told
