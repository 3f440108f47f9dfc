"""The room *Alerts*: current alerts, the phones that get them, and the watch that sends them."""
