"""The database: models, engine, migrations, seeds and the embedded PostgreSQL.

May import settings.
"""
