"""Whoever types a command of HQ reads a sentence, and never a name of the program."""

import inspect

import pytest

from pos_app.errors import PosError
from pos_hq.sentences import sentence
from tests.hq.api.test_documents import BEHIND_THE_DOORS


@pytest.mark.parametrize("fact", sorted(BEHIND_THE_DOORS, key=str), ids=lambda fact: fact.__name__)
def test_every_fact_of_the_command_line_is_a_sentence(fact: type[PosError]) -> None:
    told = sentence(fact(*("x" for _each in inspect.signature(fact).parameters)))

    assert told[0].isupper()
    assert told.endswith((".", ": pos-hq init"))
    assert fact.__name__ not in told
    assert "Refused:" not in told
