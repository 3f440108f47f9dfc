"""The parts of a measurement: the bots, a bare handler, Meta's side, the costs of processes.

It imports the databases and processes of benchmarks/machine.py, and no measurement.
"""
