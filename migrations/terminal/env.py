"""Runs the terminal's migrations on the connection that the ledger lends."""

from alembic import context

from pos_app.ledger.store.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
