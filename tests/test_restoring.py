"""A terminal without an HQ goes back to its backup: what is lost is said, nothing is deleted."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from pos_app.copies.backups import make_backup
from pos_app.copies.facts import BackupFaulty, VolumeGone, VolumeRefused
from pos_app.copies.second_copy import SecondCopy
from pos_app.copies.source import source_of
from pos_app.ledger import operators
from pos_app.ledger.ledger import Ledger, SecondInstance
from pos_app.ledger.link import Membership, join
from pos_app.ledger.proof import prove
from pos_app.ledger.store.driver import LedgerDamaged
from pos_app.opening import found_ledger, key_store_of, open_ledger
from pos_app.restoring import BackupOfAnother, HqDecides, Plan, restore
from pos_app.security.keystore import KeyStore
from pos_app.settings import Settings
from tests.copies.sticks import Stick, head, new_stick
from tests.fakes import FakeClock
from tests.shop import MANAGER, Shop, intent


@dataclass
class Machine:
    """A till without an HQ, its stick, and a folder for backups."""

    settings: Settings
    keys: KeyStore
    clock: FakeClock
    stick: Stick
    plans: list[Plan] = field(default_factory=list)
    agrees: bool = True

    def open(self) -> Ledger:
        return open_ledger(self.settings, self.keys, self.clock)

    def trade(self, phone: str) -> int:
        """Register somebody and top them up; copy it; return where the chain ends."""
        with self.open() as ledger:
            shop = Shop(ledger, self.clock, operators.sign_in(ledger, *MANAGER).id)
            shop.top_up(shop.member(phone), 20_000)
            copy = SecondCopy(source_of(ledger, self.keys), self.stick.volume, stopping=_never)
            if self.stick.volume.exists():
                copy.catch_up()
            copy.close()
            return head(ledger)

    def back_up(self) -> Path:
        folder = self.settings.data_dir.with_name("backups")
        folder.mkdir(exist_ok=True)
        with self.open() as ledger:
            source = source_of(ledger, self.keys)
            return make_backup(source, folder, self.clock(), lambda: None).path

    def restore(self, backup: Path) -> Path | None:
        return restore(self.settings, self.keys, self.clock, backup, self._agree)

    def _agree(self, plan: Plan) -> bool:
        self.plans.append(plan)
        return self.agrees


def _never() -> bool:
    return False


def machine_in(folder: Path, clock: FakeClock) -> Machine:
    folder.mkdir(exist_ok=True)
    stick = new_stick(folder)
    settings = Settings(
        data_dir=folder / "till", guard_dir=folder / "guard", second_copy=stick.volume
    )
    machine = Machine(settings, key_store_of(settings, demo=True), clock, stick)
    with found_ledger(settings, machine.keys, clock, ("店", "机")) as ledger:
        operators.create_first_manager(ledger, MANAGER[0], "林晓雯", MANAGER[1], intent())
    return machine


@pytest.fixture
def machine(tmp_path: Path, clock: FakeClock) -> Machine:
    return machine_in(tmp_path, clock)


def members(ledger: Ledger) -> list[tuple[str | None, int]]:
    """Return the phone and the stored value of every member."""
    rows = ledger.read().execute(
        "SELECT m.phone, sum(b.amount) FROM member m JOIN account a ON a.member = m.id"
        " JOIN balance b ON b.account = a.id WHERE a.pocket IN ('P', 'B')"
        " GROUP BY m.row ORDER BY m.row"
    )
    return [(phone, amount) for phone, amount in rows]


def test_what_the_second_copy_knows_beyond_the_backup_is_brought_in(machine: Machine) -> None:
    machine.trade("13900000001")
    backup = machine.back_up()
    end = machine.trade("13900000002")

    aside = machine.restore(backup)

    (plan,) = machine.plans
    assert aside is not None
    assert (aside / "ledger.db").exists()
    assert (plan.upto, plan.lost_to, plan.trouble, plan.unreadable) == (end, 0, None, False)
    assert (plan.brought, plan.nameless) == (4, 2)
    with machine.open() as ledger:
        assert [one.fault for one in prove(ledger) if one.fault] == []
        assert head(ledger) == end
        (first, money), (second, same) = members(ledger)
        assert (first, second, money == same) == ("+8613900000001", None, True)


def test_without_a_second_copy_the_events_that_are_lost_are_named(machine: Machine) -> None:
    machine.settings = machine.settings.model_copy(update={"second_copy": None})
    kept = machine.trade("13900000001")
    backup = machine.back_up()
    end = machine.trade("13900000002")

    machine.restore(backup)

    (plan,) = machine.plans
    assert (plan.upto, plan.lost_from, plan.lost_to) == (kept, kept + 1, end)
    with machine.open() as ledger:
        assert head(ledger) == kept


def test_a_restored_till_sells_on_and_can_go_back_again(machine: Machine) -> None:
    backup = machine.back_up()
    machine.trade("13900000001")
    machine.stick.pull()
    machine.restore(backup)
    later = machine.trade("13900000003")

    second = machine.restore(backup)

    assert isinstance(machine.plans[0].trouble, VolumeGone)
    assert machine.plans[1].lost_to == later
    assert second is not None
    assert second.name == "0002"


def test_another_course_of_the_chain_is_not_mixed_in(machine: Machine) -> None:
    backup = machine.back_up()
    machine.trade("13900000001")
    machine.stick.pull()
    machine.restore(backup)
    machine.trade("13900000002")
    newer = machine.back_up()
    machine.stick.put_in()

    machine.restore(newer)

    assert machine.plans[1].brought == 0
    with machine.open() as ledger:
        assert [phone for phone, _money in members(ledger)] == ["+8613900000002"]


def test_a_second_copy_with_a_fault_gives_what_is_sound_of_it(machine: Machine) -> None:
    backup = machine.back_up()
    end = machine.trade("13900000001")
    with machine.open() as ledger:
        file = machine.stick.files(source_of(ledger, machine.keys))[0]
    machine.stick.spoil(file, file.stat().st_size - 5)

    machine.restore(backup)

    assert machine.plans[0].upto == end - 1
    assert machine.plans[0].lost_to == end


def test_who_does_not_agree_keeps_the_ledger_as_it_is(machine: Machine) -> None:
    backup = machine.back_up()
    end = machine.trade("13900000001")
    machine.agrees = False

    aside = machine.restore(backup)

    assert aside is None
    with machine.open() as ledger:
        assert head(ledger) == end
    assert not (machine.settings.data_dir / "restoring").exists()


def test_a_lost_or_unreadable_ledger_is_replaced_all_the_same(machine: Machine) -> None:
    machine.trade("13900000001")
    backup = machine.back_up()
    machine.settings.ledger_path.write_bytes(b"gone" * 2_000)

    machine.restore(backup)
    machine.settings.ledger_path.unlink()
    machine.restore(backup)

    assert [plan.unreadable for plan in machine.plans] == [True, False]
    with machine.open() as ledger:
        assert members(ledger)[0][0] == "+8613900000001"


def test_a_backup_of_another_till_is_refused(
    machine: Machine, tmp_path: Path, clock: FakeClock
) -> None:
    other = machine_in(tmp_path / "other", clock)
    theirs = other.back_up()
    shutil.copytree(machine.settings.data_dir / "keys", tmp_path / "keys")

    with pytest.raises(BackupOfAnother):
        machine.restore(theirs)


def test_a_backup_of_another_node_under_the_same_key_is_refused(
    machine: Machine, tmp_path: Path, clock: FakeClock
) -> None:
    settings = Settings(data_dir=tmp_path / "twin", guard_dir=tmp_path / "guard")
    shutil.copytree(machine.settings.data_dir / "keys", tmp_path / "twin" / "keys")
    twin = Machine(settings, key_store_of(settings, demo=True), clock, machine.stick)
    found_ledger(settings, twin.keys, clock, ("店", "机")).close()
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    with twin.open() as ledger:
        made = make_backup(source_of(ledger, twin.keys), theirs, clock(), lambda: None)

    with pytest.raises(BackupOfAnother):
        machine.restore(made.path)


def test_a_till_of_an_hq_does_not_go_back_by_itself(machine: Machine) -> None:
    alone = machine.back_up()
    machine.clock.go(hours=1)
    with machine.open() as ledger:
        node = ledger.node
        join(ledger, Membership(node.id, node.epoch, node.store, b"h" * 32, 1))
    joined = machine.back_up()

    for backup in (alone, joined):
        with pytest.raises(HqDecides):
            machine.restore(backup)


def test_a_running_till_is_not_replaced(machine: Machine) -> None:
    backup = machine.back_up()

    with machine.open(), pytest.raises(SecondInstance):
        machine.restore(backup)


def test_a_damaged_backup_is_refused(machine: Machine) -> None:
    machine.trade("13900000001")
    backup = machine.back_up()
    machine.stick.spoil(backup, backup.stat().st_size - 3_000)

    with pytest.raises((BackupFaulty, LedgerDamaged)):
        machine.restore(backup)

    with machine.open() as ledger:
        assert len(members(ledger)) == 1


def test_a_backup_that_cannot_be_read_is_told(machine: Machine, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()

    with pytest.raises(VolumeRefused):
        machine.restore(tmp_path / "folder")
