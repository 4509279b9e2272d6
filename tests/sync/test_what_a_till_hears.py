"""What a till hears of its members for the hours in which it cannot ask."""

import pytest

from pos_app.ids import IntentId, new_id
from pos_app.ledger import factors, members
from pos_app.ledger.counter import open_member
from pos_app.ledger.member_profile import profile
from pos_app.ledger.members import Consents, NewMember
from pos_app.ledger.offline import OnlineOnly
from pos_app.ledger.rules.access import Act
from pos_app.ledger.rules.topup import TopUpRefused
from pos_app.money import Money, Points
from simulation.till import Till
from simulation.world import World

PIN = "582046"


def choose_pin(world: World, till: Till) -> None:
    who, wish = world.managers[till.name], IntentId(new_id())
    factors.set_pin(till.ledger, world.members[0], PIN, operator=who, intent=wish)


def test_what_a_member_holds_at_another_till_counts_towards_the_legal_cap(
    world: World, here: Till, there: Till
) -> None:
    member = world.members[0]
    here.top_up(member, 350_000, world.managers[here.name])
    here.sync(frozenset({member}))

    there.sync()
    there.ledger.online = False

    heard = open_member(there.ledger, member)
    assert (heard.elsewhere, heard.total.lots) == (open_member(here.ledger, member).balance, ())
    with pytest.raises(TopUpRefused):
        there.top_up(member, 120_000, world.managers[there.name])


def test_what_a_till_holds_itself_is_not_elsewhere(world: World, here: Till) -> None:
    member = world.members[0]
    here.top_up(member, 20_000, world.managers[here.name])
    here.sync(frozenset({member}))
    here.sync(frozenset({member}))

    assert open_member(here.ledger, member).elsewhere == Money()


def test_a_pin_chosen_at_another_till_is_not_replaced_offline_as_if_there_were_none(
    world: World, here: Till, there: Till
) -> None:
    choose_pin(world, here)
    here.sync()
    there.sync()
    there.ledger.online = False

    known = profile(there.ledger, world.members[0])
    with pytest.raises(OnlineOnly) as refused:
        choose_pin(world, there)

    assert (known.has_pin, open_member(there.ledger, world.members[0]).pin_here) == (True, False)
    assert refused.value.act is Act.RESET_PIN


def test_the_welcome_gift_of_an_offline_registration_comes_with_the_next_news(
    world: World, here: Till, there: Till
) -> None:
    here.ledger.online = False
    new = NewMember(phone="13912340299", consents=Consents("2026-01"))
    wish, who = IntentId(new_id()), world.managers[here.name]
    member = members.register(here.ledger, new, operator=who, intent=wish).id
    before = open_member(here.ledger, member).points

    here.sync()
    there.sync()

    assert before == Points()
    assert open_member(here.ledger, member).points == Points(100)
    assert open_member(there.ledger, member).points == Points(100)


def test_two_offline_registrations_of_one_phone_bring_one_gift(
    world: World, here: Till, there: Till
) -> None:
    ids = []
    for till in (here, there):
        till.ledger.online = False
        new = NewMember(phone="13912340299", consents=Consents("2026-01"))
        wish, who = IntentId(new_id()), world.managers[till.name]
        ids.append(members.register(till.ledger, new, operator=who, intent=wish).id)

    for till in (here, there, here, there):
        till.sync()

    assert [open_member(here.ledger, one).points for one in ids] == [Points(100), Points()]
