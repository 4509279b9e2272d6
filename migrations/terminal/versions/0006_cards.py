"""Records of identity documents, cards of an account and their use."""

from pathlib import Path

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Run the SQL beside this file."""
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    for statement in script.removesuffix("\n").split(";\n\n"):
        op.get_bind().exec_driver_sql(statement)
