"""What a till is told about itself: by its config file, and before that by the environment."""

import os
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from pos_app.settings import (
    CONFIG_NAME,
    Settings,
    SettingsRefused,
    has_display,
    language_for,
    load_settings,
)
from pos_app.ui.text import sentence


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Take away what the machine says, so that only the test speaks."""
    for name in os.environ:
        if name.startswith("POS_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))


def config(folder: Path, text: str) -> Path:
    """Write the config file of a data folder and return the folder."""
    (folder / CONFIG_NAME).write_text(text, "utf-8")
    return folder


def test_a_till_that_was_told_nothing_has_no_printer_and_wide_paper(tmp_path: Path) -> None:
    settings = load_settings(tmp_path)

    assert (settings.printer, settings.paper_mm, settings.language) == ("none", 80, "")
    assert settings.ledger_path == tmp_path / "ledger.db"
    assert settings.log_path == tmp_path / "terminal.log"


def test_the_config_file_lies_beside_the_ledger(tmp_path: Path) -> None:
    config(tmp_path, 'printer = "tcp://192.168.1.50"\npaper_mm = 58\nlanguage = "zh_TW"\n')

    settings = load_settings(tmp_path)

    assert settings.printer == "tcp://192.168.1.50"
    assert settings.paper_mm == 58
    assert settings.language == "zh_TW"


def test_the_environment_wins_over_the_config_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config(tmp_path, 'printer = "tcp://192.168.1.50"\ntheme = "dark"\n')
    monkeypatch.setenv("POS_PRINTER", "cups://Receipt")

    settings = load_settings(tmp_path)

    assert settings.printer == "cups://Receipt"
    assert settings.theme == "dark"


def test_the_width_of_the_paper_can_be_set_in_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POS_PAPER_MM", "58")

    assert load_settings(tmp_path).paper_mm == 58


def test_the_environment_says_where_the_data_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config(tmp_path, 'theme = "dark"\n')
    monkeypatch.setenv("POS_DATA_DIR", str(tmp_path))

    settings = load_settings()

    assert settings.data_dir == tmp_path
    assert settings.theme == "dark"


def test_a_folder_named_at_the_command_wins_over_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POS_DATA_DIR", str(tmp_path / "elsewhere"))

    assert load_settings(tmp_path).data_dir == tmp_path


@pytest.mark.skipif(os.name != "posix", reason="the variable is POSIX")
def test_without_a_word_the_data_lies_in_the_users_own_folder(tmp_path: Path) -> None:
    assert load_settings().data_dir.parent in {tmp_path / "home", Path.home() / "Library"}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('colour = "red"', "colour"),
        ('theme = "pink"', "theme"),
        ("paper_mm = 76", "paper_mm"),
        ('paper_mm = "wide"', "paper_mm"),
        ('language = "fr"', "language"),
        ('publisher_key = "abc"', "publisher_key"),
        ("printer = 9100", "printer"),
        ('hq_url = "ftp://hq.example"', "hq_url"),
        ('hq_url = "https://"', "hq_url"),
        ("theme = ", CONFIG_NAME),
    ],
)
def test_a_wrong_line_of_the_config_file_is_named(tmp_path: Path, text: str, key: str) -> None:
    config(tmp_path, text)

    with pytest.raises(SettingsRefused) as refused:
        load_settings(tmp_path)

    assert refused.value.key == key
    assert f"“{key}”" in sentence(refused.value)


def test_a_config_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / CONFIG_NAME).write_bytes(b"theme = \xff\xfe")

    with pytest.raises(SettingsRefused) as refused:
        load_settings(tmp_path)

    assert refused.value.key == CONFIG_NAME


def test_a_wrong_variable_of_the_environment_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POS_DENSITY", "enormous")

    with pytest.raises(SettingsRefused) as refused:
        load_settings(tmp_path)

    assert refused.value.key == "density"


def test_settings_never_change_while_the_program_runs(tmp_path: Path) -> None:
    settings = load_settings(tmp_path)

    with pytest.raises(ValidationError):
        settings.printer = "none"


@pytest.mark.parametrize(
    ("system", "spoken"),
    [
        (["zh-CN"], "zh_CN"),
        (["zh-Hans-CN", "zh-CN"], "zh_CN"),
        (["zh-HK"], "zh_TW"),
        (["zh_MO"], "zh_TW"),
        (["zh-Hant-TW", "zh-TW"], "zh_TW"),
        (["zh-SG"], "zh_CN"),
        (["en-GB"], "en"),
        (["fr"], "en"),
        (["fr-FR", "zh-TW"], "zh_TW"),
        (["C"], "en"),
        ([], "en"),
    ],
)
def test_the_till_speaks_the_systems_language_where_it_can(
    tmp_path: Path, system: list[str], spoken: str
) -> None:
    assert language_for(load_settings(tmp_path), system) == spoken


def test_a_language_that_was_set_wins_over_the_systems(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, language="zh_TW")

    assert language_for(settings, ["en-GB"]) == "zh_TW"


@pytest.mark.parametrize("name", ["DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"])
def test_a_screen_is_known_by_any_name_that_linux_gives_it(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for screen in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(screen, raising=False)
    unseen = has_display()

    monkeypatch.setenv(name, ":0")

    assert not unseen
    assert has_display()


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_windows_and_macos_always_have_a_screen(
    platform: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for screen in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(screen, raising=False)

    monkeypatch.setattr(sys, "platform", platform)

    assert has_display()


def test_copies_lie_elsewhere_or_backups_beside_the_ledger(tmp_path: Path) -> None:
    config(tmp_path, "backups_latest = 3\n")

    settings = load_settings(tmp_path)

    assert (settings.second_copy, settings.backup_dir) == (None, None)
    assert settings.backup_path == tmp_path / "backups"
    assert (settings.backups_latest, settings.backups_days) == (3, 7)


def test_the_environment_names_a_stick_or_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POS_SECOND_COPY", "")
    monkeypatch.setenv("POS_BACKUP_DIR", str(tmp_path / "stick"))

    settings = load_settings(tmp_path / "till")

    assert settings.second_copy is None
    assert settings.backup_path == tmp_path / "stick"


@pytest.mark.parametrize("setting", ["second_copy", "backup_dir"])
def test_a_copy_that_would_be_lost_with_the_ledger_is_refused(tmp_path: Path, setting: str) -> None:
    reasons = []

    for folder in (tmp_path / "till" / "copies", tmp_path / "till", Path("copies")):
        (tmp_path / "till").mkdir(exist_ok=True)
        config(tmp_path / "till", f"{setting} = {str(folder)!r}\n")
        with pytest.raises(SettingsRefused) as refused:
            load_settings(tmp_path / "till")
        reasons.append((refused.value.key, refused.value.reason))

    assert reasons == [
        (setting, "beside_the_ledger"),
        (setting, "beside_the_ledger"),
        (setting, "not_absolute"),
    ]
