"""HQ's database keeps its promises alike on SQLite and on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Column, Engine, ForeignKey, Integer, MetaData, Table, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from pos_hq.store.engine import DatabaseNotServed, open_engine, reading, writing

METADATA = MetaData()
AVAIL = Table("avail", METADATA, Column("id", Integer, primary_key=True), Column("fen", Integer))
GRANT = Table("granted", METADATA, Column("of", Integer, ForeignKey("avail.id"), nullable=False))
KEY = b"k" * 32


class GivenUp(Exception):
    """Somebody changed their mind in the middle of a transaction."""


@pytest.fixture
def book(hq_engine: Engine) -> Engine:
    """Return a database with one balance of 100 fen."""
    with writing(hq_engine) as connection:
        METADATA.create_all(connection)
        connection.execute(insert(AVAIL).values(id=1, fen=100))
    return hq_engine


def fen(engine: Engine) -> int:
    with reading(engine) as connection:
        return int(connection.execute(select(AVAIL.c.fen).where(AVAIL.c.id == 1)).scalar_one())


def test_what_was_written_is_there_for_the_next_reader(book: Engine) -> None:
    with writing(book) as connection:
        connection.execute(update(AVAIL).values(fen=70))

    assert fen(book) == 70


def test_a_transaction_that_is_given_up_leaves_nothing(book: Engine) -> None:
    def spend_and_give_up() -> None:
        with writing(book) as connection:
            connection.execute(update(AVAIL).values(fen=0))
            raise GivenUp

    with pytest.raises(GivenUp):
        spend_and_give_up()

    assert fen(book) == 100


def test_a_reader_cannot_write(book: Engine) -> None:
    with pytest.raises(DBAPIError, match=r"read-?only"), reading(book) as connection:
        connection.execute(update(AVAIL).values(fen=0))

    assert fen(book) == 100


def test_the_connection_of_a_reader_can_write_afterwards(book: Engine) -> None:
    fen(book)

    with writing(book) as connection:
        connection.execute(update(AVAIL).values(fen=1))

    assert fen(book) == 1


def test_a_reader_sees_one_moment_of_the_book(book: Engine) -> None:
    with reading(book) as reader:
        before = reader.execute(select(AVAIL.c.fen)).scalar_one()
        with writing(book) as writer:
            writer.execute(update(AVAIL).values(fen=5))
        again = reader.execute(select(AVAIL.c.fen)).scalar_one()

    assert (before, again) == (100, 100)
    assert fen(book) == 5


def test_writers_that_look_before_they_write_lose_nothing(book: Engine) -> None:
    def spend_one(_turn: int) -> None:
        with writing(book) as connection:
            left = connection.execute(select(AVAIL.c.fen).with_for_update()).scalar_one()
            connection.execute(update(AVAIL).values(fen=left - 1))

    with ThreadPoolExecutor(8) as lane:
        list(lane.map(spend_one, range(80)))

    assert fen(book) == 20


def test_a_row_cannot_point_at_nothing(book: Engine) -> None:
    with pytest.raises(IntegrityError), writing(book) as connection:
        connection.execute(insert(GRANT).values(of=404))


def test_a_file_survives_a_power_cut(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'hq.db'}")

    with reading(engine) as connection:
        journal = connection.exec_driver_sql("PRAGMA journal_mode").scalar_one()
        synchronous = connection.exec_driver_sql("PRAGMA synchronous").scalar_one()
    engine.dispose()

    assert (journal, synchronous) == ("wal", 2)


@pytest.mark.parametrize(("key", "opening"), [(None, True), (KEY, False)])
def test_a_key_makes_a_file_unreadable(key: bytes | None, *, opening: bool, tmp_path: Path) -> None:
    file = tmp_path / "hq.db"
    engine = open_engine(f"sqlite:///{file}", key)

    with writing(engine) as connection:
        METADATA.create_all(connection)
    engine.dispose()

    assert file.read_bytes().startswith(b"SQLite format 3") is opening


def test_another_key_opens_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'hq.db'}"
    engine = open_engine(url, KEY)
    with writing(engine) as connection:
        METADATA.create_all(connection)
    engine.dispose()

    with pytest.raises(DBAPIError, match="not a database"), reading(open_engine(url, b"x" * 32)):
        pass


@pytest.mark.parametrize(
    ("url", "scheme"),
    [
        ("mysql://hq@db/hq", "mysql"),
        ("postgresql://hq@db/hq", "postgresql"),
        ("sqlite://", "sqlite"),
        ("hq.db", "hq.db"),
    ],
)
def test_another_kind_of_database_is_refused(url: str, scheme: str) -> None:
    with pytest.raises(DatabaseNotServed) as refused:
        open_engine(url)

    assert refused.value.scheme == scheme
