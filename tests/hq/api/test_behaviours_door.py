"""The shop's other systems come with a key of their own, which opens what it is for."""

from pathlib import Path

import pytest
from requests import Response

from pos_app.ids import new_id
from pos_app.ledger.rules.behaviours import Behaviour
from pos_hq import integrations
from pos_hq.integration_shapes import BehaviourAsk
from pos_hq.integrations import Scope
from pos_hq.opening import opened
from pos_hq.settings import load_settings
from tests.hq.api.live import Live, Till
from tests.hq.command_line import answered, command
from tests.hq.desk import author
from tests.hq.jobs.hand import at_hq


@pytest.fixture
def member(open_hq: Live) -> str:
    till = author(open_hq.hq)
    made = till.member()
    till.push()
    return made


def tells(live: Live, key: str, member: str) -> Response:
    told = BehaviourAsk(
        member=member, behaviour=Behaviour.REVIEW, at=live.hq.now_ms(), reference="88213"
    )
    body = told.model_dump_json().encode()
    return live.post("/behaviours", body, **({"Authorization": f"Bearer {key}"} if key else {}))


def problem(answer: Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def test_a_key_tells_what_a_member_did(open_hq: Live, member: str) -> None:
    key = integrations.create(open_hq.hq, "mini-program", [Scope.BEHAVIOURS])

    answer = tells(open_hq, key, member)

    assert answer.status_code == 200
    assert answer.json()["points"] == 20
    assert at_hq(open_hq.hq, member) == {"2028-06-30": 20}


def test_nobody_else_tells_anything(till: Till, member: str) -> None:
    live = till.live
    old = integrations.create(live.hq, "mini-program", [Scope.BEHAVIOURS])
    integrations.revoke(live.hq, "mini-program")
    reader = integrations.create(live.hq, "reports", [Scope.POINTS])

    answers = [problem(tells(live, key, member)) for key in ("", old, till.token, reader)]

    assert answers == [
        (401, "token_missing"), (401, "not_authorised"), (401, "not_authorised"),
        (403, "scope_missing"),
    ]  # fmt: skip
    assert at_hq(live.hq, member) == {}


def test_a_key_is_no_session(till: Till) -> None:
    key = integrations.create(till.live.hq, "mini-program", list(Scope))

    assert till.live.get("/feed", key).status_code == 401


def test_a_new_key_of_a_system_gives_nothing_again(open_hq: Live, member: str) -> None:
    hq = open_hq.hq
    first = integrations.create(hq, "mini-program", [Scope.BEHAVIOURS])
    before = tells(open_hq, first, member).json()
    integrations.revoke(hq, "mini-program")
    second = integrations.create(hq, "mini-program", [Scope.BEHAVIOURS])

    assert tells(open_hq, second, member).json() == before
    assert at_hq(hq, member) == {"2028-06-30": 20}


def test_nobody_unknown_is_given_anything(open_hq: Live) -> None:
    key = integrations.create(open_hq.hq, "mini-program", [Scope.BEHAVIOURS])

    assert problem(tells(open_hq, key, new_id().hex)) == (404, "member_unknown")


def test_keys_are_made_listed_and_revoked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HQ_DATA_DIR", str(tmp_path / "hq"))
    command("init")

    key = command("create-integration", "mini-program").output.strip()
    taken = answered(monkeypatch, "create-integration", "mini-program")
    listed = command("integrations").output
    revoked = command("revoke-integration", "mini-program").output
    gone = answered(monkeypatch, "revoke-integration", "mini-program")
    other = command(
        "create-integration", "mini-program", "--scope", "points", "--scope", "behaviours"
    ).output.strip()

    assert len(key) == 43
    assert key != other
    assert (taken, gone) == (2, 2)
    assert " works behaviours mini-program" in listed
    assert key not in listed
    assert revoked == "mini-program revoked\n"
    assert " works behaviours,points mini-program" in command("integrations").output
    said = capsys.readouterr().err
    assert "“mini-program” has a key that works" in said
    assert "No system “mini-program” has a key" in said
    with opened(load_settings(None)) as hq:
        assert integrations.of_key(hq, other).name == "mini-program"


def test_the_figures_of_all_points_are_read_by_a_key_for_them(open_hq: Live) -> None:
    reader = integrations.create(open_hq.hq, "reports", [Scope.POINTS])
    teller = integrations.create(open_hq.hq, "mini-program", [Scope.BEHAVIOURS])

    told = open_hq.get("/points-report", reader, month="2026-05")

    assert told.status_code == 200
    assert (told.json()["month"], told.json()["until"]) == ("2026-05", "2026-05-31")
    assert problem(open_hq.get("/points-report", teller)) == (403, "scope_missing")
    assert problem(open_hq.get("/points-report", reader, month="2026-13")) == (422, "malformed")
