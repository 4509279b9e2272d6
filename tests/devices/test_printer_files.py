"""Printers that are files, folders and queues."""

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from pos_app.devices.printer import open_printer
from pos_app.devices.printer_bytes import PrinterStatus
from pos_app.devices.printer_facts import PrinterRefused, PrinterUnreachable, Refusal
from pos_app.raster import Raster
from tests.escpos_decoder import decode

SLIP = Raster(384, 300, bytes(range(48)) * 300)
only_posix = pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")


def test_a_file_holds_the_last_job(tmp_path: Path) -> None:
    file = tmp_path / "小票 打印.bin"
    printer = open_printer(file.as_uri())

    printer.print_raster(Raster(8, 900, bytes(900)))
    printer.print_raster(SLIP, drawer=True)

    printed = decode(file.read_bytes())
    assert printed.picture == SLIP
    assert printed.events == ("init", "drawer", "raster", "feed 6", "cut")


def test_a_folder_holds_every_job_by_number(tmp_path: Path) -> None:
    printer = open_printer(f"{tmp_path.as_uri()}/slips/")

    printer.print_raster(SLIP)
    printer.open_drawer()

    names = sorted(path.name for path in (tmp_path / "slips").iterdir())
    jobs = [decode((tmp_path / "slips" / name).read_bytes()) for name in names]
    assert names == ["000001.bin", "000002.bin"]
    assert jobs[0].picture == SLIP
    assert jobs[1].events == ("init", "drawer")


def test_a_folder_goes_on_counting_after_a_restart(tmp_path: Path) -> None:
    (tmp_path / "000041.bin").write_bytes(b"")
    (tmp_path / "notes.bin").write_bytes(b"")

    open_printer(tmp_path.as_uri()).print_raster(SLIP)

    assert decode((tmp_path / "000042.bin").read_bytes()).picture == SLIP


def test_files_and_folders_have_no_status_to_tell(tmp_path: Path) -> None:
    for setting in ("none", f"{tmp_path.as_uri()}/a.bin", f"{tmp_path.as_uri()}/slips/"):
        assert open_printer(setting).status() is PrinterStatus.UNKNOWN


def test_without_a_printer_jobs_vanish_and_the_program_can_tell() -> None:
    printer = open_printer("none")

    printer.print_raster(SLIP, drawer=True)
    printer.open_drawer()

    assert not printer.is_present


def test_a_device_that_is_unplugged_is_not_created_as_a_file() -> None:
    with pytest.raises(PrinterUnreachable):
        open_printer("file:///dev/no-such-receipt-printer").print_raster(SLIP)

    assert not Path("/dev/no-such-receipt-printer").exists()


@only_posix
def test_a_full_device_refuses_and_says_why() -> None:
    with pytest.raises(PrinterRefused) as fact:
        open_printer("file:///dev/full").print_raster(SLIP)

    assert fact.value.reason is Refusal.DISK_FULL
    assert isinstance(fact.value.__cause__, OSError)
    assert fact.value.__cause__.errno == errno.ENOSPC


@only_posix
def test_a_pipe_without_a_reader_is_a_printer_that_is_off(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(PrinterUnreachable):
        open_printer((tmp_path / "pipe").as_uri()).print_raster(SLIP)


@only_posix
def test_a_printer_that_stops_taking_data_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pos_app.devices.wire_files.PATIENCE_S", 0.05)
    os.mkfifo(tmp_path / "pipe")
    stuck = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)

    with pytest.raises(PrinterUnreachable):
        open_printer((tmp_path / "pipe").as_uri()).print_raster(
            Raster(576, 4_000, bytes(72 * 4_000))
        )

    os.close(stuck)


@pytest.fixture
def print_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand for CUPS: an `lp` that keeps its job and its arguments."""
    command = tmp_path / "lp"
    command.write_text(
        f'#!/bin/sh\necho "$@" > {tmp_path}/arguments\ncat > {tmp_path}/job\n[ "$3" != missing ]\n'
    )
    command.chmod(command.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    return tmp_path


@only_posix
def test_a_queue_of_the_print_system_gets_the_raw_job(print_system: Path) -> None:
    open_printer("cups://Receipt%20till").print_raster(SLIP)

    assert (print_system / "arguments").read_text() == "-s -d Receipt till -o raw\n"
    assert decode((print_system / "job").read_bytes()).picture == SLIP


@only_posix
@pytest.mark.usefixtures("print_system")
def test_a_queue_that_does_not_exist_refuses() -> None:
    with pytest.raises(PrinterRefused) as fact:
        open_printer("cups://missing").print_raster(SLIP)

    assert fact.value.reason is Refusal.QUEUE


@only_posix
def test_a_print_system_that_hangs_is_given_up(
    print_system: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (print_system / "lp").write_text("#!/bin/sh\nexec tail -f /dev/null\n")
    monkeypatch.setattr("pos_app.devices.wire_cups.PATIENCE_S", 0.2)

    with pytest.raises(PrinterUnreachable):
        open_printer("cups://Receipt").print_raster(SLIP)


def test_without_a_print_system_a_queue_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(PrinterRefused) as fact:
        open_printer("cups://Receipt").status()

    assert fact.value.reason is Refusal.NO_PRINT_SYSTEM
