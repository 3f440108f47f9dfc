"""The container files, as far as they can be checked without an engine: no image is built here."""

import re
import shlex

import pytest
import yaml

from settings import ROOT, load_settings, processes
from tests.integration.deploy.conftest import DEPLOY

COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
SERVICES = COMPOSE["services"]
OURS = {name: each for name, each in SERVICES.items() if each["image"] == "ordering-assistant"}
CONTAINERFILE = (DEPLOY / "Containerfile").read_text()
# The instructions that a Containerfile may have.
INSTRUCTIONS = {"FROM", "RUN", "ENV", "WORKDIR", "COPY", "USER", "CMD"}


def instructions():
    """Each instruction with its words; a line that ends with a backslash goes on."""
    whole = re.sub(r"^#.*\n", "", CONTAINERFILE, flags=re.M).replace("\\\n", " ")
    return [line.split(maxsplit=1) for line in whole.splitlines() if line.strip()]


def test_the_containerfile_has_known_instructions_and_an_ordinary_user():
    found = instructions()
    assert {name for name, _ in found} <= INSTRUCTIONS
    assert found[0][0] == "FROM"
    assert [words for name, words in found if name == "USER"] == ["ordering-assistant"]


def test_what_is_copied_exists():
    for name, words in instructions():
        if name == "COPY":
            *sources, _target = shlex.split(words)
            assert all((ROOT / source).exists() for source in sources), words


def test_what_is_mounted_or_built_from_exists():
    for service in SERVICES.values():
        for volume in service.get("volumes", []):
            source = volume.partition(":")[0]
            known = (DEPLOY / source).exists() if source[0] == "." else source in COMPOSE["volumes"]
            assert known, volume
        if build := service.get("build"):
            assert (DEPLOY / build["context"]).resolve() == ROOT
            assert (ROOT / build["dockerfile"]).is_file()
        assert set(service.get("networks", [])) <= set(COMPOSE["networks"])
        assert set(service.get("depends_on", [])) <= set(SERVICES)


def test_the_commands_are_those_of_make_run():
    configured = load_settings()
    expected = {
        process.name: ["python", *process.command[1:]]
        for process in processes.quick_processes(configured)
        if process.name != "emulator"
    }
    expected["rasa"] = [*processes.RASA_RUN, "--port", "5006"]
    assert {name: SERVICES[name]["command"] for name in expected} == expected
    for name in expected:
        assert SERVICES[name]["healthcheck"]["test"][-2:] == ["settings.alive", name]


@pytest.mark.parametrize("name", OURS)
def test_only_caddy_is_reached_from_outside(name):
    assert "ports" not in OURS[name]
    assert OURS[name]["network_mode"] == "service:caddy"
    assert (OURS[name]["read_only"], OURS[name]["cap_drop"]) == (True, ["ALL"])


def test_the_database_is_of_version_18_and_inside_alone():
    database = SERVICES["database"]
    assert database["image"].endswith("postgres:18")
    assert "ports" not in database
    assert database["networks"] == ["inside"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}


def test_secrets_and_models_of_others_stay_out_of_the_image():
    ignored = (ROOT / ".containerignore").read_text()
    assert ignored == (ROOT / ".dockerignore").read_text()
    assert {".env", "deploy/.env", ".git", "models", "logs"} <= set(ignored.splitlines())
