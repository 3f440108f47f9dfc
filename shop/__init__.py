"""What the shop can do. Functions take an open SQLAlchemy Session; the caller commits."""
