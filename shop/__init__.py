"""What the shop can do, in packages by subject.

Functions take an open SQLAlchemy Session; the caller commits.
"""
