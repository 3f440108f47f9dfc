"""No log may hold what customers and the shop said to each other, nor a customer's number."""

from pathlib import Path

from tests.journeys.stack import Stack

# Shorter ones may stand in any log: a log's own words are no leak.
LEAST = 15


def said_words(stack: Stack) -> set[str]:
    """Everything that customers wrote and read, line by line, and their numbers and names."""
    said = stack.rows("SELECT content FROM whatsapp_messages WHERE content IS NOT NULL")
    lines = {line.strip() for row in said for line in row["content"].splitlines()}
    known = stack.rows("SELECT whatsapp_phone, user_id FROM user_profiles")
    numbers = {str(value) for row in known for value in row.values() if value}
    return {line for line in lines if len(line) >= LEAST} | numbers


def assert_private(logs: Path, words: set[str]) -> None:
    """Fails with the log's name and the words that it holds."""
    for log in logs.iterdir():
        assert log.stat().st_mode & 0o077 == 0, f"{log.name} is readable for others"
        text = log.read_text(errors="replace")
        found = [word for word in words if word in text]
        assert found == [], f"{log.name} holds what it must not"
