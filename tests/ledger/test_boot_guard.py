"""The boot guard: an older copy of the ledger is noticed before anything is written to it."""

import shutil
from pathlib import Path

import pytest

from pos_app.ids import NodeId, new_id
from pos_app.ledger.ledger import Founding, Ledger, LedgerRewound
from pos_app.ledger.link import Membership, join
from pos_app.ledger.store.driver import LedgerDamaged
from pos_app.ledger.store.event import Draft, Kind
from tests.fakes import FakeClock
from tests.shop import DEFAULT_PROGRAMME, TEST_KEYS, founding

NODE = NodeId(new_id())


def opened(folder: Path, epoch: int = 1) -> Ledger:
    store = Founding("S001", "徐家汇店", "3 号机", DEFAULT_PROGRAMME.read_bytes(), (NODE, epoch))
    guard, path = folder / "elsewhere" / "mark", folder / "till" / "ledger.db"
    ledger = Ledger(path, TEST_KEYS, FakeClock(), store, guard=guard)
    if ledger.rewound is None:
        join(ledger, Membership(NODE, ledger.node.epoch, "S001", b"h" * 32, 1))
    return ledger


def write(ledger: Ledger) -> None:
    with ledger.write() as book:
        book.append(Draft(Kind.NOTE, {"note": "x"}))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "till").mkdir()
    return tmp_path


def test_a_ledger_that_went_on_where_it_stopped_is_opened(folder: Path) -> None:
    with opened(folder) as ledger:
        write(ledger)

    with opened(folder) as again:
        assert again.rewound is None
        write(again)


def test_an_older_copy_is_not_written_to(folder: Path) -> None:
    with opened(folder):
        pass
    shutil.copytree(folder / "till", folder / "image")
    with opened(folder) as ledger:
        write(ledger)
    shutil.rmtree(folder / "till")
    shutil.move(folder / "image", folder / "till")

    with opened(folder) as restored:
        assert restored.rewound is not None
        with pytest.raises(LedgerRewound) as rewound:
            write(restored)

    assert (rewound.value.here, rewound.value.before) == (2, 3)


def test_a_copy_of_equal_length_with_another_past_is_noticed(folder: Path) -> None:
    with opened(folder):
        pass
    shutil.copytree(folder / "till", folder / "image")
    with opened(folder) as ledger:
        write(ledger)
    shutil.rmtree(folder / "till")
    shutil.move(folder / "image", folder / "till")
    (folder / "elsewhere" / "mark").rename(folder / "mark")
    with opened(folder) as other:
        write(other)
    (folder / "mark").rename(folder / "elsewhere" / "mark")

    with opened(folder) as copy:
        assert copy.rewound is not None


def test_a_mark_behind_the_ledger_is_the_trace_of_a_power_cut(folder: Path) -> None:
    with opened(folder):
        pass
    mark = (folder / "elsewhere" / "mark").read_bytes()
    with opened(folder) as ledger:
        write(ledger)
    (folder / "elsewhere" / "mark").write_bytes(mark)

    with opened(folder) as again:
        assert again.rewound is None


@pytest.mark.parametrize("torn", [b"", b"\x00" * 160, b"abc 1 x y .", b"abc 1 2"])
def test_a_mark_that_cannot_be_read_says_nothing(folder: Path, torn: bytes) -> None:
    with opened(folder):
        pass
    (folder / "elsewhere" / "mark").write_bytes(torn)

    with opened(folder) as again:
        assert again.rewound is None


def test_the_ledger_of_an_older_epoch_is_an_older_copy(folder: Path) -> None:
    with opened(folder):
        pass
    (folder / "till").rename(folder / "archive")
    (folder / "till").mkdir()
    with opened(folder, epoch=2) as new:
        assert new.rewound is None
    shutil.rmtree(folder / "till")
    shutil.move(folder / "archive", folder / "till")

    with opened(folder) as old:
        assert old.rewound is not None


def test_an_empty_file_that_was_never_founded_is_founded(folder: Path) -> None:
    (folder / "till" / "ledger.db").touch()

    with opened(folder) as ledger:
        assert ledger.node.id == NODE


def test_a_ledger_that_lost_all_its_bytes_is_not_taken_for_a_new_one(folder: Path) -> None:
    with opened(folder):
        pass
    (folder / "till" / "ledger.db").write_bytes(b"")

    with pytest.raises(LedgerDamaged):
        opened(folder)


def test_the_guard_of_another_ledger_says_nothing(folder: Path) -> None:
    with opened(folder):
        pass
    other, mark = folder / "other.db", folder / "elsewhere" / "mark"

    with Ledger(other, TEST_KEYS, FakeClock(), founding(), guard=mark) as ledger:
        assert ledger.rewound is None


def test_a_till_without_an_hq_may_go_back_to_its_backup(folder: Path) -> None:
    def alone() -> Ledger:
        mark = folder / "elsewhere" / "mark"
        path = folder / "till" / "ledger.db"
        return Ledger(path, TEST_KEYS, FakeClock(), founding(), guard=mark)

    with alone():
        pass
    shutil.copytree(folder / "till", folder / "image")
    with alone() as ledger:
        write(ledger)
    shutil.rmtree(folder / "till")
    shutil.move(folder / "image", folder / "till")

    with alone() as restored:
        write(restored)
        assert restored.rewound is None
