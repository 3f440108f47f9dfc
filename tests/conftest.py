"""What holds for every test."""

# Sanic asks for every DeprecationWarning as it is imported: not in a test, before our filters.
import sanic.app  # noqa: F401
from hypothesis import settings

# One commit has one verdict, on slow machines too. To look further:
# pytest --hypothesis-profile=default
settings.register_profile("repeatable", derandomize=True, database=None, deadline=None)
settings.load_profile("repeatable")
