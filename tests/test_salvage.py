"""A till is dead: what it never sent reaches HQ from its disk or its stick, with escrow's key."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from pos_app.copies.facts import VolumeRefused
from pos_app.copies.second_copy import BATCH, SecondCopy
from pos_app.copies.source import source_of
from pos_app.joining import join_chain
from pos_app.ledger import grants, operators
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.outbox import ChainDiffers
from pos_app.ledger.proof import JournalFaulty
from pos_app.ledger.store.driver import connect
from pos_app.ledger.store.event import Draft, Kind
from pos_app.ledger.store.right_rows import Want
from pos_app.linked import way_by
from pos_app.opening import found_ledger, key_store_of, open_ledger
from pos_app.recovery import recover
from pos_app.salvage import NothingToSalvage, salvage
from pos_app.security.keystore import DATABASE, KeyStore
from pos_app.security.salvage_keys import SalvageKeys
from pos_app.security.signing import Signer
from pos_app.settings import Settings
from pos_app.sync import translate
from pos_app.sync.cycle import run_cycle
from pos_app.sync.facts import HqRefused
from pos_app.sync.hq import Hq as HqClient
from pos_app.sync.hq import Identity
from pos_app.sync.transport import HttpTransport
from pos_hq import enrolment, escrow
from pos_hq.hq import Hq
from pos_hq.store.engine import open_engine
from pos_hq.verification import verify
from tests.copies.sticks import Stick, head, new_stick
from tests.fakes import FakeClock
from tests.hq.api.live import live
from tests.hq.desk import STORE, balance, open_hq
from tests.shop import MANAGER, Shop, intent

TILL, PRIVATE = "3 号机", b"e" * 32


@dataclass
class Store:
    """A till, its stick and HQ, with a real wire between them."""

    settings: Settings
    keys: KeyStore
    clock: FakeClock
    hq: Hq
    line: HttpTransport
    stick: Stick

    def open(self) -> Ledger:
        return open_ledger(self.settings, self.keys, self.clock)

    def sync(self, ledger: Ledger) -> None:
        run_cycle(lambda task: task(ledger), way_by(self.line, self.keys, ledger).hq)

    def trade(self, phones: tuple[str, ...], *, tell: bool) -> int:
        """Top members up, tell HQ of it or not, and copy it to the stick."""
        with self.open() as ledger:
            shop = Shop(ledger, self.clock, operators.sign_in(ledger, *MANAGER).id)
            for phone in phones:
                shop.top_up(shop.member(phone), 20_000)
            if tell:
                self.sync(ledger)
            self.copy(ledger)
            return head(ledger)

    def copy(self, ledger: Ledger) -> None:
        with closing(
            SecondCopy(source_of(ledger, self.keys), self.stick.volume, stopping=lambda: False)
        ) as copy:
            copy.catch_up()

    def unlocked(self, epoch: int | None = None) -> SalvageKeys:
        node = next(iter(enrolment.nodes(self.hq))).id
        return escrow.open_envelope(self.hq, node, epoch, PRIVATE, "Lin")

    def takings(self) -> int:
        return -balance(self.hq, "tender:S001:wechat")

    def sound(self) -> bool:
        return verify(self.hq).fault is None


def store_in(folder: Path, clock: FakeClock, hq: Hq, url: str) -> Store:
    settings = Settings(data_dir=folder / "till", guard_dir=folder / "guard")
    keys, line = key_store_of(settings, demo=True), HttpTransport(url)
    return Store(settings, keys, clock, hq, line, new_stick(folder))


@pytest.fixture
def store(tmp_path: Path, clock: FakeClock) -> Iterator[Store]:
    engine = open_engine(f"sqlite:///{tmp_path / 'hq.db'}")
    hq = open_hq(engine, clock)
    escrow.begin(hq, PRIVATE)
    with live(hq) as at:
        made = store_in(tmp_path, clock, hq, at.url)
        with found_ledger(made.settings, made.keys, clock, ("徐家汇店", TILL)) as ledger:
            operators.create_first_manager(ledger, MANAGER[0], "林晓雯", MANAGER[1], intent())
            join_chain(ledger, made.keys, made.line, lambda: enrolment.make_code(hq, STORE, TILL))
        yield made
        made.line.close()
    engine.dispose()


def test_escrow_holds_the_key_of_the_tills_database(store: Store) -> None:
    found = store.unlocked()

    assert found.database == store.keys.get(DATABASE)
    assert (found.epoch, found.hq_key) == (1, store.hq.key)


def test_the_unsent_tail_of_a_dead_till_reaches_hq_with_the_key_from_escrow(store: Store) -> None:
    store.trade(("13900000001",), tell=True)
    end = store.trade(("13900000002", "13900000003"), tell=False)
    before = store.takings()
    disk = store.settings.data_dir.rename(store.settings.data_dir.with_name("dead disk"))
    shutil.rmtree(disk / "keys")
    ledger = {path.name: path.read_bytes() for path in disk.glob("ledger.db*")}

    done = salvage(store.unlocked(), store.line, store.clock, disk)
    again = salvage(store.unlocked(), store.line, store.clock, disk / "ledger.db")

    assert (before, store.takings()) == (20_000, 60_000)
    assert (done.told > 4, done.upto, again.told) == (True, end, 0)
    assert {path.name: path.read_bytes() for path in disk.glob("ledger.db*")} == ledger
    assert store.sound()


def test_a_till_that_is_back_already_keeps_its_epoch_while_the_old_one_is_told(
    store: Store,
) -> None:
    store.trade(("13900000001",), tell=True)
    store.trade(("13900000002",), tell=False)
    disk = store.settings.data_dir.rename(store.settings.data_dir.with_name("dead disk"))
    node = store.unlocked().node
    store.settings.data_dir.mkdir()
    recover(
        store.settings,
        store.keys,
        store.clock,
        store.line,
        lambda: enrolment.make_code(store.hq, STORE, TILL, node),
    )

    salvage(store.unlocked(1), store.line, store.clock, disk)

    assert store.takings() == 40_000
    assert store.unlocked().database == store.keys.get(DATABASE)
    with store.open() as ledger:
        store.sync(ledger)
        assert ledger.node.epoch == 2
    assert store.sound()


def test_where_the_disk_is_gone_the_second_copy_tells(store: Store) -> None:
    store.trade(("13900000001",), tell=True)
    end = store.trade(("13900000002", "13900000003"), tell=False)
    shutil.rmtree(store.settings.data_dir)

    done = salvage(store.unlocked(), store.line, store.clock, store.stick.volume)
    again = salvage(store.unlocked(), store.line, store.clock, store.stick.volume)

    assert (done.upto, done.trouble, again.told) == (end, None, 0)
    assert store.takings() == 60_000
    assert store.sound()


def test_a_second_copy_of_many_events_goes_over_in_parts(store: Store) -> None:
    with store.open() as ledger:
        with ledger.write() as book:
            for _each in range(BATCH + 200):
                book.append(Draft(Kind.NOTE, {"note": "x" * 1_500}))
        store.copy(ledger)
        end = head(ledger)

    done = salvage(store.unlocked(), store.line, store.clock, store.stick.volume)

    assert (done.told, done.upto) == (end, end)


def test_a_torn_second_copy_tells_what_is_sound_of_it(store: Store, clock: FakeClock) -> None:
    end = store.trade(("13900000001",), tell=False)
    clock.at += timedelta(days=31)
    store.trade(("13900000002",), tell=False)
    with store.open() as ledger:
        first = store.stick.files(source_of(ledger, store.keys))[0]
    store.stick.spoil(first, first.stat().st_size - 5)

    done = salvage(store.unlocked(), store.line, store.clock, store.stick.volume)

    assert done.upto == end - 1
    assert done.trouble is not None


def test_a_second_copy_of_another_course_is_not_told(store: Store, tmp_path: Path) -> None:
    image = shutil.copytree(store.settings.data_dir, tmp_path / "image")
    store.trade(("13900000001",), tell=True)
    shutil.rmtree(store.settings.data_dir)
    shutil.move(image, store.settings.data_dir)
    other_machine = {"guard_dir": tmp_path / "other guard"}
    store.settings = store.settings.model_copy(update=other_machine)
    store.trade(("13900000002", "13900000003"), tell=False)

    with pytest.raises(ChainDiffers):
        salvage(store.unlocked(), store.line, store.clock, store.stick.volume)

    assert store.takings() == 20_000


def test_a_salvage_gets_nothing_but_hqs_ear(store: Store) -> None:
    with store.open() as ledger:
        shop = Shop(ledger, store.clock, operators.sign_in(ledger, *MANAGER).id)
        member = shop.member("13900000001")
        shop.top_up(member, 20_000)
        store.sync(ledger)
        wish = grants.ask(ledger, member, (Want("CNY", 100, 0),), "jit")
    keys = store.unlocked()
    thief = HqClient(store.line, Identity(keys.node.hex, 1, Signer(keys.seed), keys.hq_key))

    with pytest.raises(HqRefused) as refused:
        thief.grant(translate.asking(wish))

    assert refused.value.code == "epoch_over"
    with pytest.raises(HqRefused):
        thief.feed(0)


def test_a_salvage_ends_after_a_day_and_a_new_one_ends_the_last(store: Store) -> None:
    store.trade(("13900000001",), tell=False)
    first = store.unlocked()
    second = store.unlocked()
    place = store.settings.data_dir

    with pytest.raises(HqRefused):
        salvage(first, store.line, store.clock, place)
    salvage(second, store.line, store.clock, place)
    store.clock.go(hours=25)
    with pytest.raises(HqRefused):
        salvage(second, store.line, store.clock, place)


def test_a_disk_of_another_till_is_not_told(store: Store, tmp_path: Path) -> None:
    wrong = replace(store.unlocked(), epoch=7)
    (tmp_path / "empty").mkdir()

    for place in (store.settings.data_dir, tmp_path / "empty"):
        with pytest.raises(NothingToSalvage):
            salvage(wrong, store.line, store.clock, place)


def test_a_disk_whose_chain_is_broken_is_not_told(store: Store) -> None:
    store.trade(("13900000001",), tell=False)
    with closing(connect(store.settings.ledger_path, store.keys.get(DATABASE))) as hand:
        for (name,) in hand.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            hand.execute(f"DROP TRIGGER {name}")
        hand.execute("UPDATE journal SET payload = x'7b7d' WHERE seq = 3")

    with pytest.raises(JournalFaulty):
        salvage(store.unlocked(), store.line, store.clock, store.settings.data_dir)


def test_a_disk_that_cannot_be_read_is_told(store: Store) -> None:
    ledger = store.settings.ledger_path
    ledger.with_name("ledger.db-wal").unlink(missing_ok=True)
    ledger.with_name("ledger.db-wal").mkdir()

    with pytest.raises(VolumeRefused):
        salvage(store.unlocked(), store.line, store.clock, ledger)
