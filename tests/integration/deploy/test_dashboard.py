"""The dashboard: Grafana can read it, and it asks in PromQL for what /metrics has."""

import asyncio
import itertools
import json
import re
import subprocess

import psycopg
import yaml

from connectors.whatsapp.metrics import write_metrics
from tests.integration.deploy.conftest import DEPLOY, needed

BOARD = json.loads((DEPLOY / "grafana" / "dashboard.json").read_text())
PANELS = [panel for panel in BOARD["panels"] if panel["type"] != "row"]
QUERIES = [(panel["title"], target["expr"]) for panel in PANELS for target in panel["targets"]]
ENDINGS = re.compile(r"_(bucket|sum|count)$")


def places(panel):
    """The squares of the grid that a panel covers."""
    at = panel["gridPos"]
    columns, rows = range(at["x"], at["x"] + at["w"]), range(at["y"], at["y"] + at["h"])
    return set(itertools.product(columns, rows))


def test_grafana_can_read_it():
    panels = BOARD["panels"]
    numbers = [panel["id"] for panel in panels]
    assert (len(set(numbers)), BOARD["uid"]) == (len(panels), "ordering-assistant")
    covered = [place for panel in panels for place in places(panel)]
    assert len(covered) == len(set(covered))
    assert max(column for column, _ in covered) < 24
    [source] = BOARD["templating"]["list"]
    assert source["type"] == "datasource"
    for panel in PANELS:
        assert panel["datasource"]["uid"] == f"${{{source['name']}}}"
        assert panel["fieldConfig"]["defaults"]["unit"], panel["title"]


async def scrape(url):
    async with await psycopg.AsyncConnection.connect(url) as connection:
        return (await write_metrics(connection)).decode()


def test_every_metric_it_asks_for_is_in_metrics(database_url):
    known = set(re.findall(r"^# TYPE (\w+)", asyncio.run(scrape(database_url)), re.M))
    asked = {name for _, expr in QUERIES for name in re.findall(r"\bwhatsapp_\w+", expr)}
    assert {name for name in asked if ENDINGS.sub("", name) not in known} == set()
    # What an alert looks at can be looked at.
    rules = (DEPLOY / "prometheus" / "alerts.yml").read_text()
    assert set(re.findall(r"\bwhatsapp_\w+", rules)) - asked == set()


def test_prometheus_takes_its_queries(tmp_path):
    """As rules, which promtool parses."""
    rules = [
        {"record": f"dashboard:{number}", "expr": expr.replace("$__rate_interval", "5m")}
        for number, (_, expr) in enumerate(QUERIES)
    ]
    file = tmp_path / "rules.yml"
    file.write_text(yaml.safe_dump({"groups": [{"name": "dashboard", "rules": rules}]}))
    done = subprocess.run(
        [needed("promtool"), "check", "rules", str(file)],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{len(rules)} rules found" in done.stdout
