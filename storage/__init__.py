"""What is kept: models, engine, migrations, seeds and the embedded PostgreSQL."""
