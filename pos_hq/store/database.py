"""What the rest of HQ calls the database, without knowing who makes it."""

from __future__ import annotations

from typing import TypeAlias

import sqlalchemy

Database: TypeAlias = sqlalchemy.Engine
Connection: TypeAlias = sqlalchemy.Connection
