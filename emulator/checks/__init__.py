"""Meta's checks before it accepts a message: one small function per rule."""
