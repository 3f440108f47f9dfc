"""What is measured, and what stands around it: the bots, a bare handler, Meta's side, the costs.

It imports the databases and processes of benchmarks/machine.py, and no measurement.
"""
