"""Commands at which somebody types: `rasa shell`, `rasa shell nlu`, `rasa interactive`."""

from benchmarks.machine import free_port
from tests.commands.running import Terminal


def test_shell(database_url: str) -> None:
    """The bot answers with the words that customers get; an answer with buttons would be a list."""
    with Terminal("shell", "--port", str(free_port()), database_url=database_url) as terminal:
        terminal.shows("Bot loaded")
        terminal.types("goodbye")
        terminal.shows("Goodbye")
        terminal.types("/stop")
        assert terminal.ends() == 0


def test_shell_nlu(database_url: str) -> None:
    """What a message is understood as is shown as JSON."""
    with Terminal("shell", "nlu", "-m", "models", database_url=database_url) as terminal:
        terminal.shows("NLU model loaded")
        terminal.types("2 coffees please")
        terminal.shows('"name": "new_order"')
        terminal.shows('"value": "coffee"')


def test_interactive(database_url: str) -> None:
    """A message is typed, its intent is asked about, and the next action is shown."""
    told = ("interactive", "--model", "models", "--port", str(free_port()))
    with Terminal(*told, "--skip-visualization", database_url=database_url) as terminal:
        terminal.shows("Bot loaded")
        terminal.types("good morning")
        terminal.shows("greet")
        terminal.types("")
        terminal.shows("action_show_menu")
