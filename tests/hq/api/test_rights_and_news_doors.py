"""What a terminal is given and told depends on who it is, and on nothing it claims."""

import json
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import update

from pos_app.ids import NodeId, new_id
from pos_app.security.signing import Signer
from pos_app.sync import wire
from pos_hq import feed, restoration
from pos_hq.enrolment import revoke
from pos_hq.store.tables import node
from tests.hq.api.live import Till, code_of
from tests.hq.desk import author

NEWS = ["/feed", "/snapshot", "/exceptions", "/alerts"]


def asked(**changes: object) -> bytes:
    told = {
        "grant": new_id().hex,
        "member": "1" * 32,
        "purpose": "jit",
        "wants": [{"unit": "CNY", "want": 100, "least": 100}],
    }
    return json.dumps({**told, **changes}).encode()


def replaced(till: Till) -> None:
    """Bring the till's terminal back under a new epoch, as if its disk had been lost."""
    Till(till.live, Signer(b"u" * 32)).enrol(till.live.code(NodeId(UUID(till.node))))


def test_a_grant_for_nobody_is_answered_with_nothing(till: Till) -> None:
    answer = till.send("/grants", asked())

    assert (answer.status_code, code_of(answer)) == (404, "member_unknown")


def test_after_a_restore_grants_wait_and_say_how_long(till: Till) -> None:
    restoration.after_restore(till.live.hq)

    answer = till.send("/grants", asked())

    assert (answer.status_code, code_of(answer)) == (503, "grants_frozen")
    assert answer.headers["Retry-After"] == str(answer.json()["retry_after_s"])


@pytest.mark.parametrize(
    "changes",
    [
        {"wants": []},
        {"wants": [{"unit": "CNY", "want": -1, "least": 0}]},
        {"wants": [{"unit": "CNY", "want": 1.5, "least": 0}]},
        {"wants": [{"unit": "CNY", "want": 2**63, "least": 0}]},
        {"purpose": "gift"},
        {"node": "0" * 32},
    ],
)
def test_a_grant_that_is_none_is_refused(till: Till, changes: dict[str, object]) -> None:
    answer = till.send("/grants", asked(**changes))

    assert (answer.status_code, code_of(answer)) == (422, "malformed")


def test_a_changed_amount_is_not_the_terminals_word(till: Till) -> None:
    body = asked()

    answer = till.send("/grants", body.replace(b"100", b"999"), signed=body)

    assert (answer.status_code, code_of(answer)) == (401, "body_not_signed")
    assert till.live.rows("rights_grant") == {"rights_grant": 0}


@pytest.mark.parametrize("path", NEWS)
def test_news_are_for_terminals_only(till: Till, path: str) -> None:
    stranger = till.live.get(path)
    guessing = till.live.get(path, "guess")
    own = till.get(path)

    assert (stranger.status_code, code_of(stranger)) == (401, "token_missing")
    assert (guessing.status_code, code_of(guessing)) == (401, "not_authorised")
    assert own.status_code == 200


@pytest.mark.parametrize("path", NEWS)
def test_a_terminal_that_was_shut_out_hears_nothing(till: Till, path: str) -> None:
    revoke(till.live.hq, NodeId(UUID(till.node)))

    answer = till.get(path)

    assert (answer.status_code, code_of(answer)) == (403, "revoked")


@pytest.mark.parametrize("path", ["/feed", "/snapshot"])
def test_an_epoch_that_is_over_hears_no_more_of_the_members(till: Till, path: str) -> None:
    replaced(till)
    till.open()

    answer = till.get(path)

    assert (answer.status_code, code_of(answer)) == (403, "epoch_over")


def test_an_epoch_that_is_over_is_granted_nothing(till: Till) -> None:
    replaced(till)
    till.open()

    answer = till.send("/grants", asked())

    assert (answer.status_code, code_of(answer)) == (403, "epoch_over")


def test_coming_back_ends_the_sessions_of_the_lost_epoch(till: Till) -> None:
    replaced(till)

    answer = till.get("/feed")

    assert (answer.status_code, code_of(answer)) == (401, "not_authorised")


def test_a_quarantined_terminal_still_hears_why(till: Till) -> None:
    with till.live.hq.write() as book:
        book.execute(update(node).values(status="quarantined"))

    assert till.get("/exceptions").status_code == 200
    assert till.get("/feed").status_code == 200


def test_the_feed_begins_with_the_programme_and_goes_on_from_its_cursor(till: Till) -> None:
    first = wire.FeedPage.model_validate_json(till.get("/feed").content)
    second = wire.FeedPage.model_validate_json(till.get("/feed", cursor=first.cursor).content)

    assert "programme" in {item.entity for item in first.items}
    assert second.items == ()
    assert second.cursor == first.cursor


@pytest.mark.parametrize("path", ["/feed", "/snapshot"])
def test_what_is_passed_on_unread_says_what_hq_holds(till: Till, path: str) -> None:
    somebody = author(till.live.hq)
    member = somebody.member(name='张"三"\\')
    somebody.push()
    caller = replace(somebody.caller, node=NodeId(UUID(till.node)))

    page = till.get(path).json()

    held: wire.FeedPage | wire.SnapshotPage = feed.page(till.live.hq, caller, 0, 500)
    if path == "/snapshot":
        held = feed.snapshot(till.live.hq, caller, None, 500)
    assert page["items"] == held.model_dump(mode="json")["items"]
    assert [item["body"]["name"] for item in page["items"] if item["id"] == member] == ['张"三"\\']


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/feed", {"cursor": -1}),
        ("/feed", {"cursor": "yesterday"}),
        ("/feed", {"cursor": 2**63}),
        ("/feed", {"limit": 0}),
        ("/feed", {"limit": 1_001}),
        ("/snapshot", {"after": "' OR 1=1 --"}),
        ("/snapshot", {"limit": "1e3"}),
    ],
)
def test_a_question_that_is_none_is_refused(
    till: Till, path: str, query: dict[str, object]
) -> None:
    answer = till.get(path, **query)

    assert (answer.status_code, code_of(answer)) == (422, "malformed")
