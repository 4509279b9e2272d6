"""What this machine is told about itself: the only reader of environment and config file."""

from __future__ import annotations

import hashlib
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import platformdirs
from pydantic import BeforeValidator, Field, ValidationError, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from pos_app.errors import PosError
from pos_app.language import LANGUAGES

PROGRAM = "member-terminal"
CONFIG_NAME = "terminal.toml"


def _whole(value: object) -> object:
    """Read a number that the environment, which knows nothing but text, has spelt."""
    return int(value) if isinstance(value, str) and value.isdecimal() else value


def _named(value: object) -> object:
    """Read an empty name as none: the environment cannot say it otherwise."""
    return None if value == "" else value


PaperWidth = Annotated[Literal[58, 80], BeforeValidator(_whole)]
Elsewhere = Annotated[Path | None, BeforeValidator(_named)]


@dataclass(eq=False)
class SettingsRefused(PosError):
    """A setting of the environment or the config file is not one that this program takes."""

    key: str
    reason: str


class Settings(BaseSettings):
    """Frozen settings. The environment (`POS_…`) wins over `terminal.toml` in the data folder.

    `second_copy` and `backup_dir` name folders on other volumes that somebody has made there;
    `stock_file` a list of what the store has, which its own system writes.
    """

    model_config = SettingsConfigDict(env_prefix="POS_", frozen=True, extra="forbid")

    data_dir: Path = Field(
        default_factory=lambda: Path(platformdirs.user_data_dir(PROGRAM, appauthor=False))
    )
    guard_dir: Path = Field(
        default_factory=lambda: Path(platformdirs.user_state_dir(PROGRAM, appauthor=False))
    )
    language: Literal["", "zh_CN", "en", "zh_TW"] = ""
    theme: Literal["light", "dark", "auto"] = "auto"
    density: Literal["auto", "compact", "comfortable"] = "auto"
    printer: str = "none"
    paper_mm: PaperWidth = 80
    publisher_key: str = Field(default="", pattern="^([0-9a-f]{64})?$")
    hq_url: str = Field(default="", pattern=r"^(https?://[^\s/?#]+[^\s?#]*)?$")
    hq_certificates: str = ""
    second_copy: Elsewhere = None
    backup_dir: Elsewhere = None
    stock_file: Elsewhere = None
    backups_latest: int = Field(default=24, ge=1, le=1000)
    backups_days: int = Field(default=7, ge=0, le=1000)

    @field_validator("second_copy", "backup_dir")
    @classmethod
    def _lies_elsewhere(cls, folder: Path | None, told: ValidationInfo) -> Path | None:
        """Refuse a folder that is lost together with the ledger, or depends on who starts us."""
        if folder is None:
            return None
        if not folder.is_absolute():
            raise PydanticCustomError("not_absolute", "a whole path is wanted")
        beside = told.data.get("data_dir")
        if beside is not None and folder.resolve().is_relative_to(Path(beside).resolve()):
            raise PydanticCustomError("beside_the_ledger", "another volume is wanted")
        return folder

    @field_validator("stock_file")
    @classmethod
    def _is_whole(cls, file: Path | None) -> Path | None:
        """Refuse a place that depends on who starts us."""
        if file is not None and not file.is_absolute():
            raise PydanticCustomError("not_absolute", "a whole path is wanted")
        return file

    @property
    def ledger_path(self) -> Path:
        """Return where the ledger file lies."""
        return self.data_dir / "ledger.db"

    @property
    def config_path(self) -> Path:
        """Return the config file, which need not be there."""
        return self.data_dir / CONFIG_NAME

    @property
    def guard_path(self) -> Path:
        """Return where the boot guard of this ledger lies: not with the ledger."""
        of = hashlib.sha256(str(self.data_dir.absolute()).encode()).hexdigest()[:16]
        return self.guard_dir / f"{of}.mark"

    @property
    def backup_path(self) -> Path:
        """Return where backups go: beside the ledger where no other folder is named."""
        return self.backup_dir or self.data_dir / "backups"

    @property
    def log_path(self) -> Path:
        """Return where the program logs."""
        return self.data_dir / "terminal.log"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 -- the library's signature
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 -- the library's signature
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read what was passed, then the environment, then the config file of the data folder."""
        folder = {**env_settings(), **init_settings()}.get("data_dir")
        path = Path(folder or platformdirs.user_data_dir(PROGRAM, appauthor=False)) / CONFIG_NAME
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, path)


def load_settings(data_dir: Path | None = None) -> Settings:
    """Read the settings, from another data folder where one is named. Raises SettingsRefused."""
    try:
        return Settings() if data_dir is None else Settings(data_dir=data_dir)
    except ValidationError as refused:
        first = refused.errors()[0]
        raise SettingsRefused(
            ".".join(str(part) for part in first["loc"]), first["type"]
        ) from refused
    except ValueError as malformed:
        raise SettingsRefused(CONFIG_NAME, "not_toml") from malformed


def settings_with_hq(settings: Settings, url: str) -> Settings:
    """Return the settings with another address of HQ. Raises SettingsRefused."""
    told = settings.model_dump() | {"hq_url": url.strip().rstrip("/")}
    try:
        return Settings(**told)
    except ValidationError as refused:
        raise SettingsRefused("hq_url", refused.errors()[0]["type"]) from refused


def has_display() -> bool:
    """Say whether a window can be seen here; only Linux runs without a screen."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def language_for(settings: Settings, system_languages: list[str]) -> str:
    """Return the language to speak.

    The one set, else the system's where we speak it, else English.
    """
    if settings.language:
        return settings.language
    for wished in system_languages:
        code = wished.replace("-", "_")
        if code.startswith(("zh_TW", "zh_HK", "zh_MO", "zh_Hant")):
            return "zh_TW"
        if code.startswith("zh"):
            return "zh_CN"
        if code.startswith("en"):
            return "en"
    return LANGUAGES[1]
