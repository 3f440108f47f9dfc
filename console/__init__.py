"""The staff's web application: `python -m console` serves it on CONSOLE_PORT."""
