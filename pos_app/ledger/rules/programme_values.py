"""The kinds of value that a programme document may hold."""

import re
from datetime import datetime, time
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field

_HOUR_MINUTE = re.compile(r"([01]\d|2[0-3]):([0-5]\d)", re.ASCII)


class Section(BaseModel):
    """A table of the document: frozen, exact in its types, closed to unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


def _time_of_day(value: object) -> object:
    found = _HOUR_MINUTE.fullmatch(value) if isinstance(value, str) else None
    return value if found is None else time(int(found[1]), int(found[2]))


def _moment(value: object) -> object:
    return datetime.fromisoformat(value) if isinstance(value, str) else value


Fen = Annotated[int, Field(ge=0, le=1_000_000_000_000)]
Quantity = Annotated[int, Field(ge=0, le=1_000_000_000)]
AtLeastOne = Annotated[int, Field(ge=1, le=1_000_000_000)]
OnlyOne = Annotated[int, Field(ge=1, le=1)]
Few = Annotated[int, Field(ge=1, le=10)]
Days = Annotated[int, Field(ge=0, le=3_660)]
AtLeastOneDay = Annotated[int, Field(ge=1, le=3_660)]
Percent = Annotated[int, Field(ge=1, le=100)]
PercentOfAll = Annotated[int, Field(ge=0, le=100)]
ShareBp = Annotated[int, Field(ge=0, le=10_000)]
MultiplierBp = Annotated[int, Field(ge=10_000, le=100_000)]
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$")]
Words = Annotated[str, Field(max_length=200)]
Name = Annotated[str, Field(min_length=1, max_length=80)]
TimeOfDay = Annotated[time, BeforeValidator(_time_of_day)]
Moment = Annotated[AwareDatetime, BeforeValidator(_moment)]
