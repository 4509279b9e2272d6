"""What HQ is told about its machine, and what it does not take."""

import os
from pathlib import Path

import pytest

from pos_hq.cli import limits_of
from pos_hq.sentences import sentence
from pos_hq.settings import CONFIG_NAME, SettingRefused, load_settings


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.startswith("HQ_"):
            monkeypatch.delenv(name)


def test_without_a_word_hq_keeps_to_this_machine(tmp_path: Path) -> None:
    settings = load_settings(tmp_path)

    assert settings.host == "127.0.0.1"
    assert settings.database_url == f"sqlite:///{tmp_path / 'hq.db'}"
    assert settings.log_path == tmp_path / "hq.log"


def test_the_environment_wins_over_the_config_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / CONFIG_NAME).write_text("port = 9000\nnode_per_second = 7\n", "utf-8")
    monkeypatch.setenv("HQ_PORT", "9001")

    settings = load_settings(tmp_path)

    assert (settings.port, settings.node_per_second) == (9001, 7)
    assert limits_of(settings).node.per_second == 7


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("port = 70000", "port"),
        ("colour = 1", "colour"),
        ("port = ", CONFIG_NAME),
        ('host = "0.0.0.0"', "tls_cert"),
        ('host = "hq.example"', "tls_cert"),
        ('tls_cert = "hq.pem"', "tls_key"),
    ],
)
def test_a_setting_that_is_not_taken_is_named(tmp_path: Path, text: str, key: str) -> None:
    (tmp_path / CONFIG_NAME).write_text(text, "utf-8")

    with pytest.raises(SettingRefused) as refused:
        load_settings(tmp_path)

    assert refused.value.key == key
    assert f"“{key}”" in sentence(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        'host = "::1"',
        'host = "localhost"',
        'host = "0.0.0.0"\nplain_http = true',
        'host = "0.0.0.0"\ntls_cert = "hq.pem"\ntls_key = "hq.key"',
    ],
)
def test_beyond_this_machine_hq_speaks_tls_or_was_told_otherwise(tmp_path: Path, text: str) -> None:
    (tmp_path / CONFIG_NAME).write_text(text, "utf-8")

    assert load_settings(tmp_path).host


def test_the_password_of_the_database_is_not_shown(tmp_path: Path) -> None:
    url = "postgresql+psycopg://hq:secret@db/hq"
    (tmp_path / CONFIG_NAME).write_text(f'database = "{url}"', "utf-8")

    settings = load_settings(tmp_path)

    assert settings.database_url == url
    assert "secret" not in repr(settings)
