"""The front door explains itself, and never does a thing twice."""

import subprocess
import sys

import pytest

import bootstrap


def test_a_command_that_does_not_exist_shows_the_ones_that_do() -> None:
    asked = [sys.executable, "bootstrap.py", "explode"]

    done = subprocess.run(asked, cwd=bootstrap.ROOT, check=False, capture_output=True, text=True)  # noqa: S603 -- a list, and ours

    assert done.returncode == 2
    assert all(f"\n  {command}" in done.stdout for command in bootstrap.COMMANDS)


def test_an_old_python_is_refused_with_both_versions() -> None:
    with pytest.raises(bootstrap.Stop, match=r"This is Python 3\.9; .* needs Python 3\.11"):
        bootstrap.ensure_python((3, 9))


def test_a_python_newer_than_ours_is_welcome() -> None:
    bootstrap.ensure_python((3, 14))


@pytest.mark.parametrize(
    ("platform", "variables", "shown"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("win32", {}, True),
        ("darwin", {}, True),
    ],
)
def test_only_linux_can_be_without_a_display(
    platform: str,
    variables: dict[str, str],
    *,
    shown: bool,
) -> None:
    assert bootstrap.has_display(platform, variables) is shown


def test_only_the_packages_of_missing_libraries_are_asked_for() -> None:
    wanted = "libegl1=libEGL.so.1 libgl1=libGL.so.1"

    missing = bootstrap.absent(wanted, lambda library: library == "libGL.so.1")

    assert missing == {"libegl1": "libEGL.so.1"}


def test_every_library_of_the_tables_names_its_package() -> None:
    wanted = bootstrap.QT_LIBRARIES + bootstrap.X11_LIBRARIES

    missing = bootstrap.absent(wanted, lambda _library: False)

    assert len(missing) == 15
    assert all(".so." in library for library in missing.values())


def test_a_library_that_no_machine_has_does_not_load() -> None:
    assert not bootstrap.loads("libmember-terminal-imaginary.so.1")


def test_another_lock_or_another_python_means_installing_again() -> None:
    installed = bootstrap.fingerprint(b"alembic==1.20.1\n", (3, 11))

    assert bootstrap.fingerprint(b"alembic==1.20.1\r\n", (3, 11)) == installed
    assert bootstrap.fingerprint(b"alembic==1.20.2\n", (3, 11)) != installed
    assert bootstrap.fingerprint(b"alembic==1.20.1\n", (3, 12)) != installed


@pytest.mark.parametrize(
    ("config", "ours"),
    [
        ("version = 3.11.7\n", True),
        ("home = somewhere\nversion_info = 3.11.9\n", True),
        ("version = 3.12.1\n", False),
        ("version = 3.1\n", False),
        ("", False),
    ],
)
def test_an_environment_is_kept_only_for_the_python_it_was_made_for(
    config: str,
    *,
    ours: bool,
) -> None:
    assert bootstrap.made_for(config, (3, 11)) is ours


def test_a_machine_without_network_gets_one_plain_sentence() -> None:
    output = "Retrying after connection broken by NewConnectionError(): Failed to establish"

    assert bootstrap.pip_failure(output).startswith("The package index cannot be reached")


def test_what_a_program_said_last_is_shown_without_addresses() -> None:
    output = "\n".join([f"line {n}" for n in range(20)] + ["ERROR: https://example.invalid/x gone"])

    shown = bootstrap.pip_failure(output)

    assert "ERROR: (address) gone" in shown
    assert "line 1\n" not in shown
    assert shown.endswith("The locked dependencies could not be installed.")


def test_a_child_sees_only_our_own_modules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "elsewhere")

    child = bootstrap.environment(QT_QPA_PLATFORM="offscreen")

    assert "PYTHONPATH" not in child
    assert child["PYTHONUTF8"] == "1"
    assert child["QT_QPA_PLATFORM"] == "offscreen"


def test_the_gate_has_one_order() -> None:
    assert list(bootstrap.GATE) == ["format", "lint", "imports", "types", "tests"]
