"""Sanic asks for every DeprecationWarning as it is imported: not in a test, before our filters."""

import sanic.app  # noqa: F401
