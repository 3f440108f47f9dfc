"""The room *Alerts*: what needs somebody, the phones that are told of it, and who watches."""
