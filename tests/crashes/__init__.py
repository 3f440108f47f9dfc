"""The crash run: a busy shop whose every process is killed with -9, again and again.

`world` is the shop and what is outside of it, `customers` those who order, `trouble` what befalls
both, `verdict` what is left of it afterwards, `run` all of it together; `python -m tests.crashes`
is the long run (`make crash`), tests/journeys/test_crashes.py the short one.
"""
