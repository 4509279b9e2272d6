"""Two live tills ask for one sale, and for one phone number, over real HTTP."""

import base64
import json
from datetime import timedelta
from typing import Any

import pytest
from requests import Response

from pos_app.ids import new_id
from pos_app.security.chain import private_digest
from pos_app.security.signing import Signer
from pos_hq import restoration
from pos_hq.exceptions import open_ones
from tests.fakes import FakeClock
from tests.hq.api.conftest import till_of
from tests.hq.api.live import Live, Till, code_of

LEGS = {"goods": 2_000, "external": [{"tender": "cash", "amount": 2_000}]}


@pytest.fixture
def home(any_open_hq: Live) -> Till:
    return till_of(any_open_hq)


@pytest.fixture
def away(any_open_hq: Live) -> Till:
    made = Till(any_open_hq, Signer(b"a" * 32))
    made.enrol(any_open_hq.code())
    made.open()
    return made


def event(till: Till, kind: str, body: dict[str, Any], **more: Any) -> bytes:  # noqa: ANN401 -- JSON
    told = {**json.loads(till.payload("")), "kind": kind, "body": body, **more}
    return json.dumps(told, sort_keys=True, separators=(",", ":")).encode()


def sale(till: Till) -> tuple[str, str]:
    """Push a sale of two teas; return its identity and its slip."""
    day = f"{till.live.hq.now():%Y%m%d}"
    slip = f"S{day}-{till.seq + 1:06d}"
    unit = {"goods": 2_000, "external": [{"tender": "cash", "amount": 2_000}]}
    body = {
        "slip": slip,
        "lines": [{"title": "tea", "unit_price": 2_000, "quantity": 2}],
        "units": [unit, unit],
        "externals": [{"tender": "cash", "amount": 4_000}],
        "eligible": 4_000,
        "earned": {"expires_on": "2028-06-30"},
        "goods": 4_000,
        "payable": 4_000,
    }
    made = event(till, "SALE", body)
    assert till.send("/events", till.written(made)).status_code == 200
    return str(json.loads(made)["id"]), slip


def refund(till: Till, of: str, units: list[int], intent: str = "") -> bytes:
    body = {
        "units": units,
        "whole": 0,
        "amount": 2_000 * len(units),
        "legs": LEGS,
        "sold_on": till.live.hq.now().date().isoformat(),
        "taken_back": {},
    }
    return event(till, "REFUND", body, of=of, intent=intent or new_id().hex)


def claim(till: Till, of: str, intent: str = "") -> Response:
    body = {"claim": intent or new_id().hex, "sale": of}
    return till.send("/orders/claims", json.dumps(body).encode())


def told(response: Response) -> list[dict[str, Any]]:
    assert response.status_code == 200, response.text
    orders: list[dict[str, Any]] = response.json()["orders"]
    return orders


def test_a_sale_is_found_by_its_slip_with_what_came_back(home: Till, away: Till) -> None:
    sold, slip = sale(home)
    back = refund(away, sold, [0])
    away.send("/events", away.written(back))

    (order,) = told(away.get(f"/orders/slips/{slip}"))

    assert (order["sale"], order["node"], order["store"]) == (sold, home.node, "S001")
    assert json.loads(base64.b64decode(order["payload"]))["id"] == sold
    assert [base64.b64decode(one) for one in order["returns"]] == [back]


@pytest.mark.parametrize("slip", ["S20269915-000001", "S20260615-000009"])
def test_a_slip_that_nobody_printed_finds_nothing(away: Till, slip: str) -> None:
    assert told(away.get(f"/orders/slips/{slip}")) == []


def test_a_slip_that_cannot_be_one_is_malformed(away: Till) -> None:
    assert code_of(away.get("/orders/slips/142")) == "malformed"


def test_a_member_who_bought_nothing_has_no_orders(away: Till) -> None:
    assert told(away.get(f"/orders/members/{new_id().hex}")) == []


def test_a_sale_is_claimed_by_one_till_at_a_time(home: Till, away: Till) -> None:
    sold, _slip = sale(home)

    first, again, other = claim(away, sold), claim(away, sold), claim(home, sold)

    assert (first.status_code, again.status_code) == (200, 200)
    assert (other.status_code, code_of(other)) == (409, "sale_claimed")


def test_a_return_in_the_chain_ends_the_claim(home: Till, away: Till) -> None:
    (sold, _slip), intent = sale(home), new_id().hex
    claim(away, sold, intent)
    away.send("/events", away.written(refund(away, sold, [0], intent)))

    assert claim(home, sold).status_code == 200


def test_a_silent_till_keeps_its_claim_however_late_it_is(
    home: Till, away: Till, clock: FakeClock
) -> None:
    sold, _slip = sale(home)
    claim(away, sold)
    clock.at += timedelta(minutes=10)
    silent = code_of(claim(home, sold))

    away.send("/events", away.notes("nothing came back"))

    assert (silent, claim(home, sold).status_code) == ("sale_claimed", 200)


def test_no_sale_no_claim(away: Till) -> None:
    assert code_of(claim(away, new_id().hex)) == "sale_unknown"


def test_after_a_restore_nothing_is_claimed(home: Till, away: Till) -> None:
    sold, _slip = sale(home)
    restoration.after_restore(home.live.hq)

    assert code_of(claim(away, sold)) == "grants_frozen"


def test_one_unit_that_came_back_at_two_tills_lies_before_a_person(home: Till, away: Till) -> None:
    sold, _slip = sale(home)
    first, second = refund(away, sold, [1]), refund(home, sold, [1, True])
    away.send("/events", away.written(first))

    home.send("/events", home.written(second))

    (case,) = [one for one in open_ones(home.live.hq) if one.type == "REFUND_EXCESS"]
    assert case.here == {"event": json.loads(first)["id"]}
    assert case.there == {"event": json.loads(second)["id"]}


def test_the_till_that_sold_is_told_of_a_return_elsewhere(home: Till, away: Till) -> None:
    sold, _slip = sale(home)
    back = refund(away, sold, [0])
    away.send("/events", away.written(back))

    at_home = [one for one in home.get("/feed").json()["items"] if one["entity"] == "return"]
    elsewhere = [one for one in away.get("/feed").json()["items"] if one["entity"] == "return"]

    assert [one["body"]["payload"].encode() for one in at_home] == [back]
    assert at_home[0]["id"] == f"{sold}.{json.loads(back)['id']}"
    assert elsewhere == []


def member(till: Till, phone: str) -> str:
    """Push a member's enrolment."""
    who, data = new_id().hex, json.dumps({"phone": phone, "name": "王晓明"}).encode()
    body = {"number": new_id().hex[-8:], "tier": "silver", "terms": "2026-01"}
    digest = private_digest(b"s" * 16, data)
    made = event(till, "MEMBER_NEW", body, member=who, private=digest)
    push = json.loads(till.written(made))
    salt = base64.b64encode(b"s" * 16).decode()
    sidecar = {"salt": salt, "data": base64.b64encode(data).decode()}
    push["sidecars"] = [{"event_id": json.loads(made)["id"], **sidecar}]
    assert till.send("/events", json.dumps(push).encode()).status_code == 200
    return who


def change(till: Till, who: str, phone: str, before: str, intent: str = "") -> Response:
    wish = {"intent": intent or new_id().hex, "member": who, "phone": phone, "before": before}
    return till.send("/phones", json.dumps(wish).encode())


def phone_of(till: Till, who: str) -> str:
    items = till.get("/feed").json()["items"]
    return str(next(one["body"]["phone"] for one in items if one["id"] == who))


def test_a_phone_number_changes_once_for_each_wish(home: Till, away: Till) -> None:
    who, intent = member(home, "+8613812340217"), new_id().hex

    first = change(away, who, "+8613912345678", "+8613812340217", intent)
    change(away, who, "+8613812340217", "+8613912345678")
    late = change(away, who, "+8613912345678", "+8613812340217", intent)

    assert (first.status_code, late.status_code) == (200, 200)
    assert first.json() == {"member": who}
    assert phone_of(home, who) == "+8613812340217"


def test_a_phone_number_is_one_member_s(home: Till, away: Till) -> None:
    first, second = member(home, "+8613812340217"), member(home, "+8613900000001")

    refused = change(away, second, "+8613812340217", "+8613900000001")

    assert (refused.status_code, code_of(refused)) == (409, "phone_taken")
    assert (phone_of(home, first), phone_of(home, second)) == ("+8613812340217", "+8613900000001")


def test_who_shows_an_old_number_has_to_hear_the_news_first(home: Till, away: Till) -> None:
    who = member(home, "+8613812340217")

    refused = change(away, who, "+8613912345678", "+8613700000000")

    assert (refused.status_code, code_of(refused)) == (409, "member_stale")


def test_nobody_has_no_phone(away: Till) -> None:
    assert code_of(change(away, new_id().hex, "+8613912345678", "")) == "member_unknown"
