"""Reads the terms of an order: address, table, time, and delivery, pickup or dine-in."""
