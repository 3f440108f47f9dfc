"""Statistics: funnels and charts with their figures."""
