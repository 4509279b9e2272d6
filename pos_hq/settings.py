"""What this machine is told about its HQ: the only reader of HQ's environment and config file."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from pathlib import Path

import platformdirs
from pydantic import Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from pos_app.errors import PosError

PROGRAM = "member-hq"
CONFIG_NAME = "hq.toml"


@dataclass(eq=False)
class SettingRefused(PosError):
    """A setting of the environment or the config file is not one that HQ takes."""

    key: str
    reason: str


class Settings(BaseSettings):
    """Frozen settings. The environment (`HQ_…`) wins over `hq.toml` in the data folder.

    `seed_file`, `pepper_file`, `database_key_file` and `escrow_file` name secrets that the machine
    hands in; else they lie in `keys`.
    `plain_http` lets HQ listen beyond this machine without TLS, for a proxy that has it.
    """

    model_config = SettingsConfigDict(env_prefix="HQ_", frozen=True, extra="forbid")

    data_dir: Path = Field(
        default_factory=lambda: Path(platformdirs.user_data_dir(PROGRAM, appauthor=False))
    )
    database: str = Field(default="", repr=False)
    host: str = "127.0.0.1"
    port: int = Field(default=8443, ge=0, le=65_535)
    tls_cert: Path | None = None
    tls_key: Path | None = None
    plain_http: bool = False
    seed_file: Path | None = None
    pepper_file: Path | None = None
    database_key_file: Path | None = None
    escrow_file: Path | None = None
    log: Path | None = None
    body_seconds: int = Field(default=20, ge=1, le=600)
    connections_most: int = Field(default=512, ge=1)
    address_per_second: int = Field(default=50, ge=1)
    stranger_per_second: int = Field(default=10, ge=1)
    node_per_second: int = Field(default=20, ge=1)

    @property
    def database_url(self) -> str:
        """Return where the ledger of HQ lies: its own file, unless a server is named."""
        return self.database or f"sqlite:///{self.data_dir / 'hq.db'}"

    @property
    def key_folder(self) -> Path:
        """Return where HQ's secrets lie, unless their files are named."""
        return self.data_dir / "keys"

    @property
    def log_path(self) -> Path:
        """Return where HQ logs."""
        return self.log or self.data_dir / "hq.log"

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
    """Read the settings, from another data folder where one is named. Raises SettingRefused."""
    try:
        settings = Settings() if data_dir is None else Settings(data_dir=data_dir)
    except ValidationError as refused:
        first = refused.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise SettingRefused(key, first["type"]) from refused
    except ValueError as malformed:
        raise SettingRefused(CONFIG_NAME, "not_toml") from malformed
    _ensure_encrypted(settings)
    return settings


def _ensure_encrypted(settings: Settings) -> None:
    """Members' data crosses no network in the clear: beyond this machine there is TLS."""
    if (settings.tls_cert is None) != (settings.tls_key is None):
        raise SettingRefused("tls_key", "certificate_and_key_belong_together")
    if settings.tls_cert is None and not settings.plain_http and not _here(settings.host):
        raise SettingRefused("tls_cert", "needed_beyond_this_machine")


def _here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
