"""The durable in and out trays: nothing lost, nothing doubled, nothing overtaken."""
