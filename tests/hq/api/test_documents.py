"""Nothing at HQ's doors is undocumented."""

import inspect
from types import ModuleType
from typing import Any

import pytest
from pydantic import BaseModel

from pos_app.errors import PosError
from pos_app.sync import wire
from pos_hq import enrolment, facts
from pos_hq.api import refusals
from pos_hq.api.examples import EXAMPLES
from pos_hq.api.problems import REFUSALS, problem_of
from tests.hq.api.live import Live

# Met at the command line only.
BEHIND_THE_DOORS = {
    facts.StoreUnknown,
    facts.StoreTaken,
    facts.FoundedAlready,
    facts.KeyWrong,
    facts.AlertUnknown,
    facts.ExceptionUnknown,
    facts.DecisionUnknown,
    facts.JobUnknown,
    facts.DayAhead,
    facts.UnderWay,
    facts.NotReleased,
    facts.CreditLossNotAccepted,
    facts.IntegrationTaken,
    facts.IntegrationUnknown,
    facts.ProgrammeBehind,
    facts.UnderWay,
    facts.VersionUnknown,
    facts.TierUnknown,
    facts.TierDayRefused,
    facts.BenefitsOfAnother,
    facts.BenefitsBehind,
    facts.ShareExceeded,
    enrolment.NameUnfit,
}


def facts_of(module: ModuleType) -> set[type[PosError]]:
    classes = (each for _name, each in inspect.getmembers(module, inspect.isclass))
    ours = {each for each in classes if each.__module__ == module.__name__}
    return {each for each in ours if issubclass(each, PosError)}


@pytest.fixture
def document(open_hq: Live) -> dict[str, Any]:
    """Return the OpenAPI document as a stranger gets it."""
    told: dict[str, Any] = open_hq.get("/openapi.json").json()
    return told


def test_every_fact_of_hq_is_told_at_the_doors_or_meant_for_the_command_line() -> None:
    known = facts_of(facts) | facts_of(enrolment) | facts_of(refusals)

    assert known == set(REFUSALS) | BEHIND_THE_DOORS


def test_every_code_means_one_thing() -> None:
    codes = [refusal.code for refusal in REFUSALS.values()]

    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("fact", REFUSALS, ids=lambda fact: fact.__name__)
def test_every_fact_has_the_shape_of_the_wire(fact: type[PosError]) -> None:
    values: dict[str, Any] = {"known": facts.Known(1, b"h" * 32), "kinds": {"NOTE": 1}}
    asked = list(inspect.signature(fact).parameters)
    made = fact(*(values.get(name, 3) for name in asked))

    told = problem_of(made)

    assert wire.Problem.model_validate_json(told.model_dump_json()) == told


@pytest.mark.parametrize("shape", EXAMPLES, ids=lambda shape: shape.__name__)
def test_every_example_is_valid(shape: type[BaseModel]) -> None:
    example = EXAMPLES[shape]

    read = shape.model_validate_json(shape(**example).model_dump_json())

    assert read.model_dump(mode="json", exclude_unset=True).keys() == example.keys()


def test_every_door_is_described(document: dict[str, Any]) -> None:
    for path, methods in document["paths"].items():
        for method, door in methods.items():
            where = f"{method} {path}"
            assert door["summary"], where
            assert len(door["tags"]) == 1, where
            assert {"200", "429", "503"} <= set(door["responses"]), where
            assert (method == "post") == ("requestBody" in door), where


def test_every_answer_has_a_shape_and_an_example(document: dict[str, Any]) -> None:
    shapes = document["components"]["schemas"]

    for path, status, answer in answers(document):
        told = answer["content"]["application/json"]
        assert told["schema"]["$ref"].rpartition("/")[2] in shapes, (path, status)
        assert told.get("example") or told.get("examples"), (path, status)
        assert answer["description"], (path, status)


def test_every_refusal_is_a_problem(document: dict[str, Any]) -> None:
    for path, status, answer in answers(document):
        shape = answer["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        assert (shape == "Problem") == (status != "200"), (path, status)


def test_every_body_is_described_and_shown(document: dict[str, Any]) -> None:
    shapes = document["components"]["schemas"]
    bodies = [
        door["requestBody"]["content"]["application/json"]
        for methods in document["paths"].values()
        for door in methods.values()
        if "requestBody" in door
    ]

    assert bodies
    for body in bodies:
        assert body["schema"]["$ref"].rpartition("/")[2] in shapes
        assert body["example"]


def answers(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (path, status, answer)
        for path, methods in document["paths"].items()
        for door in methods.values()
        for status, answer in door["responses"].items()
    ]
