"""Runs HQ's migrations on the connection that HQ lends."""

from alembic import context

from pos_hq.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
