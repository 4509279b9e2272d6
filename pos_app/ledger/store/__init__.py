"""Where the book lies on disk: SQLAlchemy, SQLCipher and Alembic live here and nowhere else."""
