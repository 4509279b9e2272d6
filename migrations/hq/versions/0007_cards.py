"""Records of identity documents, cards of an account and their use."""

from pathlib import Path

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add everything of this database's SQL file."""
    bind = op.get_bind()
    script = Path(__file__).with_suffix(f".{bind.dialect.name}.sql").read_text(encoding="utf-8")
    for statement in script.removesuffix(";\n").split(";\n\n"):
        bind.exec_driver_sql(statement)
