"""One customer's data: handed out or erased, as the law has it."""
