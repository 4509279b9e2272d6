"""A terminal comes back: nothing that it ever committed is lost, and nothing is spent twice."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from pos_app.ids import NodeId
from pos_app.joining import CodeUnfit, join_chain
from pos_app.ledger import operators
from pos_app.ledger.ledger import Ledger, LedgerRewound
from pos_app.ledger.link import link_state
from pos_app.linked import way_to_hq
from pos_app.opening import found_ledger, key_store_of, open_ledger
from pos_app.recovery import ARCHIVE, NothingToRecover, recover, tell_archives
from pos_app.security.keystore import KeyStore
from pos_app.settings import Settings
from pos_app.sync.cycle import run_cycle
from pos_app.sync.facts import HqRefused
from pos_app.sync.hq import Hq as HqClient
from pos_hq import enrolment, orphans
from pos_hq.hq import Hq
from pos_hq.store.engine import open_engine
from simulation.network import Line, Wire
from tests.fakes import FakeClock
from tests.hq.desk import STORE, balance, open_hq
from tests.shop import MANAGER, Shop, intent

TILL = "3 号机"


@dataclass
class Corner:
    """A shop with one terminal, its machine, and HQ."""

    settings: Settings
    keys: KeyStore
    clock: FakeClock
    hq: Hq
    line: Line

    def open(self) -> Ledger:
        return open_ledger(self.settings, self.keys, self.clock)

    def code(self, node: NodeId | None = None) -> str:
        return enrolment.make_code(self.hq, STORE, TILL, node)

    def sync(self, ledger: Ledger) -> None:
        way = way_to_hq(self.settings, self.keys, ledger)
        assert way is not None
        hq = HqClient(self.line, way.hq._who)  # noqa: SLF001 -- the same terminal on another wire
        run_cycle(lambda task: task(ledger), hq)


@pytest.fixture
def corner(tmp_path: Path, clock: FakeClock) -> Iterator[Corner]:
    engine = open_engine(f"sqlite:///{tmp_path / 'hq.db'}")
    hq = open_hq(engine, clock)
    settings = Settings(
        data_dir=tmp_path / "till", guard_dir=tmp_path / "guard", hq_url="http://127.0.0.1:1"
    )
    keys = key_store_of(settings, demo=True)
    line = Line(Wire(lambda: hq, Random(1)), "till")  # noqa: S311 -- a fair network draws nothing
    corner = Corner(settings, keys, clock, hq, line)
    with found_ledger(settings, keys, clock, ("徐家汇店", TILL)) as ledger:
        operators.create_first_manager(ledger, MANAGER[0], "林晓雯", MANAGER[1], intent())
        join_chain(ledger, keys, line, corner.code)
    yield corner
    engine.dispose()


def shop_of(ledger: Ledger, clock: FakeClock) -> Shop:
    return Shop(ledger, clock, operators.sign_in(ledger, *MANAGER).id)


def busy_day(corner: Corner) -> tuple[NodeId, Path]:
    """Trade, copy the disk, and trade on: the second top-up is on the lost disk alone."""
    with corner.open() as ledger:
        shop = shop_of(ledger, corner.clock)
        shop.top_up(shop.member(), 20_000)
        corner.sync(ledger)
    image = corner.settings.data_dir.with_name("image")
    shutil.copytree(corner.settings.data_dir, image)
    with corner.open() as ledger:
        shop_of(ledger, corner.clock).member("13900000001")
        corner.sync(ledger)
        node = ledger.node.id
    return node, image


def restore(corner: Corner, image: Path) -> None:
    shutil.rmtree(corner.settings.data_dir)
    shutil.move(image, corner.settings.data_dir)


def back(corner: Corner, code: str) -> None:
    recover(corner.settings, corner.keys, corner.clock, corner.line, lambda: code)


def test_a_restored_copy_is_not_opened_and_says_so(corner: Corner) -> None:
    _node, image = busy_day(corner)
    restore(corner, image)

    with pytest.raises(LedgerRewound):
        corner.open()


def test_a_restored_terminal_comes_back_with_its_staff_and_its_members(corner: Corner) -> None:
    node, image = busy_day(corner)
    restore(corner, image)

    back(corner, corner.code(node))

    with corner.open() as ledger:
        tell_archives(corner.settings, corner.keys, corner.clock, corner.line, corner.hq.key)
        corner.sync(ledger)
        members = ledger.read().execute("SELECT count(*) FROM member").fetchone()
        assert (ledger.node.id, ledger.node.epoch) == (node, 2)
        assert operators.sign_in(ledger, *MANAGER).name == "林晓雯"
        assert members == (2,)
    assert [path.suffix for path in (corner.settings.data_dir / ARCHIVE).iterdir()].count(".told")


def test_what_only_the_old_chain_knew_reaches_hq_before_anything_new(corner: Corner) -> None:
    with corner.open() as ledger:
        node = ledger.node.id
        shop = shop_of(ledger, corner.clock)
        shop.top_up(shop.member(), 20_000)
    image = corner.settings.data_dir.with_name("image")
    shutil.copytree(corner.settings.data_dir, image)
    with corner.open() as ledger:
        shop_of(ledger, corner.clock).member("13900000001")
    restore(corner, image)
    back(corner, corner.code(node))

    told = tell_archives(corner.settings, corner.keys, corner.clock, corner.line, corner.hq.key)
    again = tell_archives(corner.settings, corner.keys, corner.clock, corner.line, corner.hq.key)

    assert told > 0
    assert again == 0
    assert balance(corner.hq, "tender:S001:wechat") == -20_000
    orphan = orphans.waiting(corner.hq)[0]
    assert (orphan.epoch, orphan.totals["CNY"] >= 20_000) == (1, True)


def test_a_lost_disk_is_replaced_by_a_new_epoch(corner: Corner) -> None:
    node, _image = busy_day(corner)
    shutil.rmtree(corner.settings.data_dir)
    keys = corner.keys = key_store_of(corner.settings, demo=True)
    corner.settings.data_dir.mkdir()

    back(corner, corner.code(node))

    with open_ledger(corner.settings, keys, corner.clock) as ledger:
        corner.sync(ledger)
        assert (ledger.node.id, ledger.node.epoch) == (node, 2)
        assert link_state(ledger).key == corner.hq.key
        assert operators.needs_first_manager(ledger)


def test_a_whole_ledger_is_left_alone(corner: Corner) -> None:
    with pytest.raises(NothingToRecover):
        back(corner, corner.code())

    with corner.open() as ledger:
        assert ledger.node.epoch == 1


@pytest.mark.parametrize("code", ["WRNG-CODE-WRNG-CODE", "abc"])
def test_without_a_good_code_the_old_disk_stays_as_it_is(corner: Corner, code: str) -> None:
    _node, image = busy_day(corner)
    restore(corner, image)

    with pytest.raises((HqRefused, CodeUnfit)):
        back(corner, code)

    assert corner.settings.ledger_path.exists()
