"""The alert rules: read by promtool, on metrics that exist, each with an entry in the runbook."""

import re
import shutil
import subprocess

import yaml

from connectors.whatsapp import metrics
from settings import ROOT
from tests.integration.deploy.conftest import DEPLOY, needed

FILE = DEPLOY / "prometheus" / "alerts.yml"
RULES = yaml.safe_load(FILE.read_text())["groups"][0]["rules"]


def check(*arguments, cwd=ROOT):
    done = subprocess.run(
        [needed("promtool"), *arguments], cwd=cwd, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_promtool_takes_the_rules():
    check("check", "rules", str(FILE))


def test_alerts_fire_when_they_should(tmp_path):
    shutil.copy(FILE, tmp_path)
    shutil.copy(ROOT / "tests/integration/deploy/alerts_test.yml", tmp_path)
    check("test", "rules", "alerts_test.yml", cwd=tmp_path)


def test_every_metric_of_a_rule_is_one_of_ours():
    source = (ROOT / metrics.__file__).read_text()
    for rule in RULES:
        for name in re.findall(r"\bwhatsapp_\w+", rule["expr"]):
            bare = re.sub(r"_(total|bucket)$", "", name).removeprefix("whatsapp_tray_")
            assert f'"{bare}"' in source, name


def test_the_runbook_says_what_to_do_for_each():
    runbook = (ROOT / "docs/running.md").read_text()
    assert [rule["alert"] for rule in RULES if f"| `{rule['alert']}` |" not in runbook] == []
