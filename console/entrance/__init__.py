"""Login, logout, and the one-time links by which people choose their password."""
