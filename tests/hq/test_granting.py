"""Grants: one member, many tills, and no fen twice."""

from pos_app.ids import new_id
from pos_app.security.peppers import Peppers, tag_of
from pos_app.security.pin import PinRules
from pos_app.security.signing import verify
from pos_app.sync.seals import grant_digest
from pos_app.sync.wire import Want
from pos_hq import feed
from pos_hq.hq import Hq
from tests.hq.asking import at_hq, fen, lines, wanted
from tests.hq.desk import Author, balance, opened

PIN = Want(unit="PIN", want=1, least=1)


def test_a_grant_takes_the_oldest_lot_first_and_both_pockets_pro_rata(
    home: Author, away: Author
) -> None:
    member, (old, young) = at_hq(home, (10_000, 1_000), (20_000, 0))

    grant = wanted(away, member, fen(12_000))

    assert lines(grant) == [("P", old, 10_000), ("B", old, 1_000), ("P", young, 1_000)]
    assert grant.lines[0].about == {"at": home.at - 2, "paid": 10_000, "bonus": 1_000}
    assert grant.valid_for_s == 600
    assert balance(away.hq, f"hold:{away.place}:P:{member}:{old}") == 10_000
    assert balance(away.hq, f"avail:P:{member}:{young}") == 19_000


def test_hq_signs_its_grants(desk: Hq, home: Author, away: Author) -> None:
    member, _ = at_hq(home, (10_000, 0))

    grant = wanted(away, member, fen(100))

    digest = grant_digest(grant.model_dump())
    assert verify(desk.key, digest, bytes.fromhex(grant.signature))


def test_asking_again_brings_the_first_answer(home: Author, away: Author) -> None:
    member, (lot,) = at_hq(home, (10_000, 0))
    first = wanted(away, member, fen(4_000))

    again = wanted(away, member, fen(9_000), grant=first.grant)

    assert again == first
    assert balance(away.hq, f"avail:P:{member}:{lot}") == 6_000


def test_a_refusal_is_final_even_when_money_comes(home: Author, away: Author) -> None:
    member, (lot,) = at_hq(home, (1_000, 0))
    no = wanted(away, member, fen(5_000))
    home.top_up(member, 9_000, lot=lot)
    home.give_back(member, ("P", lot, 9_000))
    home.push()

    again = wanted(away, member, fen(5_000), grant=no.grant)

    assert (no.state, no.reason, no.lines) == ("refused", "not_covered", ())
    assert again.state == "refused"


def test_less_than_wanted_is_granted_down_to_the_least(home: Author, away: Author) -> None:
    member, (lot,) = at_hq(home, (3_000, 0))

    grant = wanted(away, member, fen(5_000, 1_000))

    assert lines(grant) == [("P", lot, 3_000)]


def test_either_all_wants_are_met_or_none(home: Author, away: Author) -> None:
    member, (lot,) = at_hq(home, (3_000, 0))

    grant = wanted(away, member, fen(1_000), Want(unit="PTS", want=100, least=100))

    assert grant.state == "refused"
    assert balance(away.hq, f"avail:P:{member}:{lot}") == 3_000


def test_points_come_from_the_earliest_expiry_that_still_lies_ahead(
    home: Author, away: Author
) -> None:
    member, _ = at_hq(home, (1_000, 0))
    for day, points in (("2026-05-31", 50), ("2026-06-16", 30), ("2027-06-30", 500)):
        mine = f"hold:PTS:{member}:{day}"
        home.write("NOTE", {}, [["pts_issued", mine, "PTS", points]], member=member)
        home.give_back(member, ("PTS", day, points))
    home.push()

    grant = wanted(away, member, Want(unit="PTS", want=100, least=100), purpose="allowance")

    assert lines(grant) == [("PTS", "2026-06-16", 30), ("PTS", "2027-06-30", 70)]
    assert grant.valid_for_s == (12 + 24) * 3600  # to the midnight after the 16th, from noon


def test_a_coupon_can_be_granted_once(home: Author, away: Author) -> None:
    member, _ = at_hq(home, (1_000, 0))
    coupon = new_id().hex
    body = {
        "coupon": coupon,
        "template": "NEW5",
        "valid_from": "2026-06-15",
        "valid_until": "2026-07-15",
    }
    moves = [["cpn_issued", f"hold:CPN:{member}:{coupon}", f"CPN:{coupon}", 1]]
    home.write("COUPON_ISSUE", body, moves, member=member)
    home.give_back(member, ("CPN", coupon, 1))
    home.push()
    want = Want(unit=f"CPN:{coupon}", want=1, least=1)

    first, second = wanted(away, member, want), wanted(home, member, want)

    assert lines(first) == [("CPN", coupon, 1)]
    assert first.lines[0].about["template"] == "NEW5"
    assert second.reason == "not_covered"


def test_an_allowance_is_capped_by_the_programme(home: Author, away: Author) -> None:
    rich, _ = at_hq(home, (500_000, 0))
    poor, _ = at_hq(home, (10_000, 0))

    grants_of = [
        wanted(away, member, fen(400_000, 1), purpose="allowance") for member in (rich, poor)
    ]

    assert [sum(line.amount for line in grant.lines) for grant in grants_of] == [20_000, 3_000]
    assert wanted(away, rich, fen(1_000, 1), purpose="allowance").reason == "above_allowance"


def test_a_till_without_cover_recalls_what_other_tills_hold(
    desk: Hq, home: Author, away: Author
) -> None:
    member, _ = at_hq(home, (1_000, 0))
    home.top_up(member, 5_000)
    home.push()

    wanted(away, member, fen(4_000))

    page = feed.page(desk, home.caller, 0, 100)
    assert [item.id for item in page.items if item.entity == "recall"] == [member]
    assert not [
        item for item in feed.page(desk, away.caller, 0, 100).items if item.entity == "recall"
    ]


def test_a_grant_is_outstanding_until_its_receipt_is_pushed(
    desk: Hq, home: Author, away: Author
) -> None:
    member, (lot,) = at_hq(home, (10_000, 0))
    grant = wanted(away, member, fen(4_000))
    before = feed.page(desk, away.caller, 0, 100).outstanding
    away.got(grant.grant, member, ("P", lot, 4_000))
    away.spend(member, lot, 1_500)
    away.give_back(member, ("P", lot, 2_500))

    ack = away.push()

    assert before == (grant,)
    assert feed.page(desk, away.caller, 0, 100).outstanding == ()
    assert opened(desk) == []
    assert ack.hold_totals == {}
    assert balance(desk, f"avail:P:{member}:{lot}") == 8_500


def test_the_totals_of_an_acknowledgement_are_what_the_till_itself_holds(
    home: Author, away: Author
) -> None:
    member, (lot,) = at_hq(home, (10_000, 0))
    wanted(away, member, fen(4_000))
    away.top_up(member, 700)

    assert away.push().hold_totals == {"CNY": 700}
    assert lot


def test_a_receipt_of_another_sum_is_set_right_and_told(
    desk: Hq, home: Author, away: Author
) -> None:
    member, (lot,) = at_hq(home, (10_000, 0))
    grant = wanted(away, member, fen(4_000))
    away.got(grant.grant, member, ("P", lot, 5_000))

    away.push()

    assert opened(desk) == ["GRANT_MISMATCH"]
    assert balance(desk, f"hold:{away.place}:P:{member}:{lot}") == 5_000
    assert balance(desk, f"suspense:{away.caller.node.hex}") == -1_000


def test_a_receipt_written_twice_brings_nothing_twice(desk: Hq, home: Author, away: Author) -> None:
    member, (lot,) = at_hq(home, (10_000, 0))
    grant = wanted(away, member, fen(4_000))
    for _ in range(2):
        away.got(grant.grant, member, ("P", lot, 4_000))

    away.push()

    assert opened(desk) == ["GRANT_MISMATCH"]
    assert balance(desk, f"avail:P:{member}:{lot}") == 6_000


def test_a_closed_epoch_gives_back_what_it_never_received(
    desk: Hq, home: Author, away: Author
) -> None:
    member, (lot,) = at_hq(home, (10_000, 0))
    wanted(away, member, fen(4_000))
    away.write("NODE_CLOSE")

    away.push()

    assert balance(desk, f"avail:P:{member}:{lot}") == 10_000
    assert wanted(away, member, fen(100)).reason == "orphaned"
    assert feed.page(desk, away.caller, 0, 100).outstanding == ()


def test_the_verifier_travels_with_the_grant_and_not_with_the_feed(
    desk: Hq, home: Author, away: Author
) -> None:
    member, _ = at_hq(home, (1_000, 0))
    verifier = of_the_chain(desk)
    home.write("PIN_SET", {}, member=member, private={"verifier": verifier})
    home.push()

    grant = wanted(away, member, fen(100))

    told = [item.body for item in feed.page(desk, away.caller, 0, 100).items if item.id == member]
    assert grant.pin == verifier
    assert told[0] is not None
    assert told[0]["pin"] == tag_of(verifier)
    assert "argon2id" not in str(told)


def test_a_verifier_that_only_its_own_till_can_check_is_shipped_to_nobody(
    home: Author, away: Author
) -> None:
    member, _ = at_hq(home, (1_000, 0))
    home.write("PIN_SET", {}, member=member, private={"verifier": "$argon2id$secret"})
    home.push()

    with_rights = wanted(away, member, fen(100))
    alone = wanted(away, member, PIN)

    assert (with_rights.state, with_rights.pin) == ("granted", "")
    assert (alone.state, alone.reason, alone.pin) == ("refused", "no_pin", "")


def test_a_pin_comes_alone_and_moves_nothing(desk: Hq, home: Author, away: Author) -> None:
    member, _ = at_hq(home, (1_000, 0))
    verifier = of_the_chain(desk)
    home.write("PIN_SET", {}, member=member, private={"verifier": verifier})
    home.push()

    grant = wanted(away, member, PIN)
    mixed = wanted(away, member, fen(100), PIN)

    assert (grant.state, grant.lines, grant.pin) == ("granted", (), verifier)
    assert mixed.state == "refused"


def test_a_pin_is_renewed_by_the_node_that_set_it_and_by_no_other(
    desk: Hq, home: Author, away: Author
) -> None:
    member, _ = at_hq(home, (1_000, 0))
    home.write("PIN_SET", {}, member=member, private={"verifier": "$argon2id$secret"})
    home.push()
    verifier = of_the_chain(desk)

    away.write("PIN_PASS", {}, member=member, private={"verifier": "$argon2id$else"})
    away.push()
    others = wanted(away, member, fen(100)).pin
    home.write("PIN_PASS", {}, member=member)
    home.write("PIN_PASS", {}, member=member, private={"verifier": verifier})
    home.push()

    assert others == ""
    assert wanted(away, member, fen(100)).pin == verifier


def of_the_chain(desk: Hq) -> str:
    return Peppers(b"", desk.pepper).verifier("271828", PinRules(6, 8, 1, 1, 16, 32, ()))
