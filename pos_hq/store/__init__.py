"""HQ's database: the same tables and the same statements on SQLite and on PostgreSQL."""
