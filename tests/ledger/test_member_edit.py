"""Changing what is kept about a member."""

from pathlib import Path

import pytest

from pos_app.ids import IntentId, MemberId
from pos_app.ledger import factors, members
from pos_app.ledger.factors import ApprovalWish
from pos_app.ledger.member_edit import (
    BirthdayChangedLately,
    MemberChanges,
    StatusChange,
    edit,
    set_status,
)
from pos_app.ledger.member_fields import Gender
from pos_app.ledger.member_profile import Profile
from pos_app.ledger.members import CardTaken
from pos_app.ledger.names import RemarkRefused
from pos_app.ledger.rights import NeedsApproval, NotAllowed, StatusForbids
from pos_app.ledger.rules.access import Act
from pos_app.ledger.rules.holder import Birthday, Status
from pos_app.money import Money
from pos_app.security.evidence import Approval, NotProved
from tests.fakes import FakeClock
from tests.people import SECOND_MANAGER, cashier, second_manager
from tests.shop import DEFAULT_PROGRAMME, MANAGER, Shop, intent, open_shop


@pytest.fixture
def member(shop: Shop) -> MemberId:
    return shop.member()


def change(shop: Shop, member: MemberId, changes: MemberChanges) -> Profile:
    return edit(shop.ledger, member, changes, operator=shop.manager, intent=intent())


def approval(shop: Shop, wish: IntentId, act: Act = Act.UNFREEZE) -> Approval:
    asked = ApprovalWish(act, Money(), wish, shop.manager)
    number, pin = SECOND_MANAGER
    return factors.approve(shop.ledger, asked, number=number, pin=pin)


def head(shop: Shop) -> int:
    return int(shop.ledger.read().execute("SELECT max(seq) FROM journal").fetchone()[0])


def found(shop: Shop, text: str) -> list[MemberId]:
    return [hit.id for hit in members.search(shop.ledger, text)]


def test_each_field_can_be_changed_and_the_others_stay(shop: Shop, member: MemberId) -> None:
    change(shop, member, MemberChanges(note="少糖"))

    kept = change(
        shop,
        member,
        MemberChanges(name="李雷", gender=Gender.MALE, card="6222 AB", marketing="2026-02"),
    )

    assert (kept.masked_name, kept.gender) == ("李*", Gender.MALE)
    assert kept.masked_card == "**22AB"
    assert (kept.note, kept.marketing_version) == ("少糖", "2026-02")
    assert kept.masked_phone == "138****0217"


def test_a_new_name_is_found_and_the_old_one_no_more(shop: Shop, member: MemberId) -> None:
    change(shop, member, MemberChanges(name="李雷", card="6222AB"))

    assert found(shop, "lilei") == [member]
    assert found(shop, "6222") == [member]
    assert found(shop, "0217") == [member]
    assert found(shop, "wangxiaoming") == []


def test_a_card_can_be_taken_off(shop: Shop, member: MemberId) -> None:
    change(shop, member, MemberChanges(card="6222AB"))

    kept = change(shop, member, MemberChanges(card=""))

    assert not kept.masked_card
    assert members.find_exact(shop.ledger, "6222AB") is None


def test_a_card_of_another_member_stays_theirs(shop: Shop, member: MemberId) -> None:
    other = shop.member("13900000001", name="李雷")
    change(shop, other, MemberChanges(card="6222AB"))

    with pytest.raises(CardTaken) as taken:
        change(shop, member, MemberChanges(card="6222 ab"))

    assert taken.value.member == other


def test_changing_nothing_writes_nothing(shop: Shop, member: MemberId) -> None:
    before = head(shop)

    change(shop, member, MemberChanges(name=" 王晓明 ", note="", card="", marketing=""))

    assert head(shop) == before


def test_a_second_press_writes_nothing(shop: Shop, member: MemberId) -> None:
    wish, changes = intent(), MemberChanges(birthday=Birthday(3, 7, 1990))
    edit(shop.ledger, member, changes, operator=shop.manager, intent=wish)
    before = head(shop)

    again = edit(shop.ledger, member, changes, operator=shop.manager, intent=wish)

    assert head(shop) == before
    assert again.birthday == "03-07"


def test_a_birthday_is_told_freely_and_corrected_once_a_year(
    shop: Shop, clock: FakeClock, member: MemberId
) -> None:
    told = change(shop, member, MemberChanges(birthday=Birthday(3, 7, 1990)))
    corrected = change(shop, member, MemberChanges(birthday=Birthday(3, 8, 1990)))
    clock.go(days=364)

    with pytest.raises(BirthdayChangedLately) as lately:
        change(shop, member, MemberChanges(birthday=Birthday(3, 9, 1990)))
    clock.go(days=1)
    later = change(shop, member, MemberChanges(birthday=Birthday(3, 9, 1990)))

    assert told.birthday_changed_on is None
    assert corrected.birthday_changed_on == shop.ledger.today().replace(year=2026)
    assert lately.value.again_on == shop.ledger.today()
    assert later.birthday == "03-09"


def test_another_calendar_is_another_birthday(shop: Shop, member: MemberId) -> None:
    change(shop, member, MemberChanges(birthday=Birthday(3, 7, 1990)))
    change(shop, member, MemberChanges(birthday=Birthday(3, 7, 1990, lunar=True)))

    with pytest.raises(BirthdayChangedLately):
        change(shop, member, MemberChanges(birthday=Birthday(3, 7, 1990)))


def test_a_programme_may_forbid_correcting_birthdays(tmp_path: Path, clock: FakeClock) -> None:
    text = DEFAULT_PROGRAMME.read_text("utf-8")
    strict = text.replace("change_limit_per_year = 1", "change_limit_per_year = 0").encode()
    (tmp_path / "strict").mkdir()
    shop = open_shop(tmp_path / "strict", clock, strict)
    member = shop.member()
    change(shop, member, MemberChanges(birthday=Birthday(3, 7, 1990)))

    with pytest.raises(BirthdayChangedLately) as never:
        change(shop, member, MemberChanges(birthday=Birthday(3, 8, 1990)))

    assert never.value.again_on is None
    shop.ledger.close()


def test_advertising_stops_whatever_the_status(shop: Shop, member: MemberId) -> None:
    change(shop, member, MemberChanges(marketing="2026-02"))
    freeze(shop, member)

    kept = change(shop, member, MemberChanges(marketing=""))

    assert kept.marketing_version is None


def test_a_frozen_member_is_not_edited(shop: Shop, member: MemberId) -> None:
    freeze(shop, member)

    with pytest.raises(StatusForbids) as forbidden:
        change(shop, member, MemberChanges(note="少糖"))

    assert forbidden.value.status is Status.FROZEN


def freeze(shop: Shop, member: MemberId) -> Profile:
    wish = StatusChange(member, Status.FROZEN, "本人挂失", intent())
    return set_status(shop.ledger, wish, operator=cashier(shop))


def test_a_cashier_freezes_at_once_and_the_reason_shows(shop: Shop, member: MemberId) -> None:
    kept = freeze(shop, member)

    assert (kept.status, kept.status_reason) == (Status.FROZEN, "本人挂失")
    assert [hit.status for hit in members.search(shop.ledger, "0217")] == [Status.FROZEN]


def test_a_status_needs_a_reason(shop: Shop, member: MemberId) -> None:
    wish = StatusChange(member, Status.FROZEN, " ", intent())

    with pytest.raises(RemarkRefused):
        set_status(shop.ledger, wish, operator=shop.manager)


def test_unfreezing_takes_two_managers(shop: Shop, member: MemberId) -> None:
    second_manager(shop)
    freeze(shop, member)
    wish = StatusChange(member, Status.NORMAL, "已核身", intent())

    with pytest.raises(NeedsApproval):
        set_status(shop.ledger, wish, operator=shop.manager)
    kept = set_status(
        shop.ledger, wish, operator=shop.manager, approval=approval(shop, wish.intent)
    )

    assert kept.status is Status.NORMAL


def test_an_approval_of_another_wish_unfreezes_nobody(shop: Shop, member: MemberId) -> None:
    second_manager(shop)
    freeze(shop, member)
    wish = StatusChange(member, Status.NORMAL, "已核身", intent())

    for other in (approval(shop, intent()), approval(shop, wish.intent, Act.RESET_PIN)):
        with pytest.raises(NotProved) as refused:
            set_status(shop.ledger, wish, operator=shop.manager, approval=other)
        assert refused.value.reason == "other_act"


def test_an_approval_is_good_for_two_minutes(
    shop: Shop, clock: FakeClock, member: MemberId
) -> None:
    second_manager(shop)
    freeze(shop, member)
    wish = StatusChange(member, Status.NORMAL, "已核身", intent())
    given = approval(shop, wish.intent)
    clock.go(seconds=121)

    with pytest.raises(NotProved) as refused:
        set_status(shop.ledger, wish, operator=shop.manager, approval=given)

    assert refused.value.reason == "stale"


def test_blacklisting_takes_two_managers_and_their_consent_lifts_no_block(
    shop: Shop, member: MemberId
) -> None:
    second_manager(shop)
    wish = StatusChange(member, Status.BLACKLISTED, "套利", intent())

    with pytest.raises(NotProved) as refused:
        set_status(shop.ledger, wish, operator=shop.manager, approval=approval(shop, wish.intent))
    given = approval(shop, wish.intent, Act.BLACKLIST)
    kept = set_status(shop.ledger, wish, operator=shop.manager, approval=given)

    assert refused.value.reason == "other_act"
    assert kept.status is Status.BLACKLISTED


def test_a_cashier_blacklists_nobody(shop: Shop, member: MemberId) -> None:
    wish = StatusChange(member, Status.BLACKLISTED, "套利", intent())

    with pytest.raises(NotAllowed):
        set_status(shop.ledger, wish, operator=cashier(shop))


def test_the_same_status_twice_is_written_once(shop: Shop, member: MemberId) -> None:
    wish = StatusChange(member, Status.FROZEN, "本人挂失", intent())
    set_status(shop.ledger, wish, operator=shop.manager)
    before = head(shop)

    set_status(shop.ledger, wish, operator=shop.manager)
    set_status(
        shop.ledger,
        StatusChange(member, Status.FROZEN, "再次", intent()),
        operator=shop.manager,
    )

    assert head(shop) == before


def test_reasons_and_names_stay_out_of_the_chain(shop: Shop, member: MemberId) -> None:
    change(shop, member, MemberChanges(name="李雷", note="少糖"))
    freeze(shop, member)

    rows = shop.ledger.read().execute("SELECT payload FROM journal").fetchall()
    chain = b"".join(payload for (payload,) in rows).decode()
    assert [word for word in ("李雷", "少糖", "本人挂失", *MANAGER[1:]) if word in chain] == []
