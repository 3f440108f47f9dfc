"""The room *Numbers*: statistics of a period, as figures, charts and funnels."""
