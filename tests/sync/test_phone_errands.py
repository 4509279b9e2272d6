"""Only HQ can say whose a phone number is."""

import pytest

from pos_app.ids import IntentId, MemberId, new_id
from pos_app.ledger.member_profile import profile
from pos_app.ledger.offline import OnlineOnly
from pos_app.ledger.phone_change import PhoneWish
from pos_app.ledger.rules.access import Act
from pos_app.ledger.store.event import Kind
from pos_app.ledger.store.journal import latest_of
from pos_app.sync.facts import HqRefused
from simulation.till import Till
from simulation.world import World
from tests.sync.errand_hand import cases, deaf, errands, member_of
from tests.sync.test_snapshot import is_sound


def phone_wish(world: World, till: Till, phone: str) -> PhoneWish:
    by = world.managers[till.name]
    return PhoneWish(member_of(world), phone, by, IntentId(new_id()))


def phone_at(till: Till, member: MemberId) -> str | None:
    row = till.ledger.read().execute("SELECT phone FROM member WHERE id = ?", (member.bytes,))
    return str(row.fetchone()[0])


def test_a_new_phone_number_is_known_everywhere(world: World, here: Till, there: Till) -> None:
    here.ledger.online = True

    errands(here).change_phone(phone_wish(world, here, "139 1234 5678"))
    here.sync()
    there.sync()

    told = latest_of(here.ledger.read(), (Kind.MEMBER_EDIT,))
    assert told is not None
    assert told.body["fields"] == ["phone"]
    assert "13912345678" not in str(told.body)
    assert phone_at(here, member_of(world)) == phone_at(there, member_of(world)) == "+8613912345678"
    assert cases(world) == []
    assert is_sound(here)


def test_a_number_of_another_member_is_refused(world: World, here: Till, there: Till) -> None:
    there.register("13900000099", world.managers[there.name])
    there.sync()
    here.ledger.online = True

    with pytest.raises(HqRefused) as refused:
        errands(here).change_phone(phone_wish(world, here, "13900000099"))

    assert refused.value.code == "phone_taken"
    assert phone_at(here, member_of(world)) == "+8613812340217"


def test_a_till_that_has_not_heard_of_the_last_change_is_refused(
    world: World, here: Till, there: Till
) -> None:
    here.ledger.online = there.ledger.online = True
    errands(here).change_phone(phone_wish(world, here, "13912345678"))

    with pytest.raises(HqRefused) as refused:
        errands(there).change_phone(phone_wish(world, there, "13987654321"))

    assert refused.value.code == "member_stale"


def test_an_answer_lost_after_hq_took_the_number_down_leaves_both_the_same(
    world: World, here: Till, there: Till
) -> None:
    here.ledger.online = True
    asked = phone_wish(world, here, "13912345678")
    deaf(here, world, "/v1/phones")
    with pytest.raises(OnlineOnly):
        errands(here).change_phone(asked)
    here.restart()
    here.sync()
    there.sync()
    healed = phone_at(here, member_of(world)), phone_at(there, member_of(world))

    kept = errands(here).change_phone(asked)
    here.sync()

    assert healed == ("+8613912345678", "+8613912345678")
    assert kept == profile(here.ledger, member_of(world))
    assert cases(world) == []
    assert is_sound(here)


def test_an_old_wish_that_comes_late_changes_nothing(world: World, here: Till) -> None:
    here.ledger.online = True
    first = phone_wish(world, here, "13912345678")
    errands(here).change_phone(first)
    errands(here).change_phone(phone_wish(world, here, "13812340217"))

    errands(here).change_phone(first)
    here.sync()

    with world.hq.read() as book:
        asked = "SELECT phone FROM member WHERE id = ?"
        ((phone,),) = book.exec_driver_sql(asked, (member_of(world).bytes,)).fetchall()
    assert phone == phone_at(here, member_of(world)) == "+8613812340217"


def test_without_hq_a_phone_number_stays_as_it_is(world: World, here: Till) -> None:
    here.ledger.online = False

    with pytest.raises(OnlineOnly) as refused:
        errands(here).change_phone(phone_wish(world, here, "13912345678"))

    assert refused.value.act is Act.CHANGE_PHONE
