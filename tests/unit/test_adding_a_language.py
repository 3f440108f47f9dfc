"""Whoever follows docs/adding-a-language.md gets a language, by data alone."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from settings import ROOT
from tests.instructions import follow_document, read_instructions

PAGE = ROOT / "docs/adding-a-language.md"
# In a process of its own, since another copy of the project is imported here.
SPEAKS = """
import json
from nlu.catalogue.catalogue import Catalogue
from nlu.catalogue.product_names import Product
from nlu.message_reading import read_message
from shop.language import languages
from shop.language.responses import find_variation, format_response, missing_responses

coffee = Product("coffee", "Coffee", ("café",), "☕")
shop = Catalogue((coffee, Product("tea", "Tea", ("té",), "🍵")))
read = read_message("quiero dos cafés y tres tés", shop).entities
print(json.dumps({
    "written": [languages.written_in(each) for each in (
        "quiero dos cafés por favor", "what do you have today", "mujhe do chai chahiye", "hola")],
    "named": languages.named_in("en español por favor"),
    "asked": format_response("utter_ask_quantity", "es").split("\\n")[0],
    "buttons": find_variation("utter_ask_quantity", "es")["buttons"],
    "english": format_response("utter_late", "es", when="now"),
    "hindi": format_response("utter_youre_welcome", "hi") != format_response("utter_youre_welcome"),
    "is_missing": "utter_late" in missing_responses("es"),
    "is_said": "utter_ask_quantity" not in missing_responses("es"),
    "read": [each["value"] for each in read if each["entity"] in ("product", "quantity")],
}))
"""


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with the language of the page."""
    return follow_document(PAGE, ROOT, tmp_path_factory.mktemp("language") / ROOT.name)


def run(project: Path, *command: str) -> str:
    """What a command says in a project; it must succeed."""
    environment = {**os.environ, "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}
    done = subprocess.run(
        [sys.executable, *command],
        cwd=project,
        env={**environment, "PYTHONPATH": str(project)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_no_python_changes() -> None:
    assert [
        each.path for each in read_instructions(PAGE.read_text()) if each.path.endswith(".py")
    ] == []


def test_it_is_recognised_read_and_said_and_the_rest_is_english(followed: Path) -> None:
    found = json.loads(run(followed, "-c", SPEAKS).splitlines()[-1])
    assert found["written"] == ["es", "en", None, None]
    assert found["named"] == "es"
    assert found["asked"] == "¿Cuántos quiere pedir?"
    assert [each["title"] for each in found["buttons"]] == ["1", "2", "❌ Cancelar"]
    assert found["buttons"][2]["payload"] == "/cancel_order"
    assert found["english"].startswith("You wrote now")
    assert found["hindi"]
    assert found["is_missing"]
    assert found["is_said"]
    assert found["read"] == [2, "coffee", 3, "tea"]


def test_its_words_keep_what_all_words_must(followed: Path) -> None:
    run(
        followed,
        "-m",
        "pytest",
        "-q",
        "tests/unit/test_promises.py",
        "tests/unit/test_response_layout.py",
    )


def test_what_it_lacks_is_listed(followed: Path) -> None:
    said = run(followed, "-m", "nlu.checks", "--language", "es")
    assert "  utter_late" in said.splitlines()
    assert "responses are said in Spanish." in said
