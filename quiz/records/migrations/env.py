"""Run by Alembic: works on the connection that `quiz.records.migrating` opened, in its transaction."""

from alembic import context

from quiz.records import tables

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=tables.METADATA, render_as_batch=True, compare_type=True)
context.run_migrations()
