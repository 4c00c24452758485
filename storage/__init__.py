"""What outlives a restart: one module a table, plain functions of a transaction."""
