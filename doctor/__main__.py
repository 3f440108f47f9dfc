"""`make doctor`: prints every point, and what to do; `--mend` does what one tap does.

Ends with 0 if the shop can go live, else with 1.
"""

import argparse
import sys
from collections.abc import Sequence

import settings
from doctor.examination import examine_all
from doctor.findings import Finding, needs_somebody
from doctor.mending import NotMended, repair_point
from settings import Settings, SettingsError

MARKS = {"fine": "fine", "look": "look", "trouble": "TROUBLE", "unknown": "unknown"}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m doctor", description=__doc__)
    parser.add_argument("--mend", action="store_true", help="puts right what one tap can")
    wanted = parser.parse_args(arguments)
    try:
        configured = settings.load_settings()
    except SettingsError as error:
        print("TROUBLE  Settings")
        print("".join(f"           {line}\n" for line in str(error).splitlines()), end="")
        return 1
    findings = print_findings(configured)
    if wanted.mend:
        return mend_all(configured, findings)
    print(summarise_findings(findings))
    return int(needs_somebody(findings))


def print_findings(configured: Settings) -> list[Finding]:
    """Prints each as soon as it is known."""
    findings: list[Finding] = []
    area = ""
    for finding in examine_all(configured):
        if finding.area != area:
            area = finding.area
            print(f"\n{area}")
        print(f"{MARKS[finding.state]:>9}  {finding.title}: {finding.words}", flush=True)
        if finding.cure and finding.state != "fine":
            print(f"{'':>9}  -> {finding.cure}")
            if finding.server:
                print(f"{'':>9}     On the server: {finding.server}")
        findings.append(finding)
    return findings


def mend_all(configured: Settings, findings: list[Finding]) -> int:
    """Puts right what can be, and examines again."""
    print()
    for what in dict.fromkeys(finding.mend for finding in findings if finding.mend):
        try:
            print(repair_point(what, configured))
        except NotMended as error:
            print(error)
    again = print_findings(configured)
    print(summarise_findings(again))
    return int(needs_somebody(again))


def summarise_findings(findings: list[Finding]) -> str:
    """The last line."""
    counts = {state: sum(f.state == state for f in findings) for state in MARKS}
    said = [f"{counts['trouble']} in trouble"]
    said += [f"{counts['look']} to look at"] if counts["look"] else []
    said += [f"{counts['unknown']} not known"] if counts["unknown"] else []
    mendable = any(finding.mend for finding in findings)
    last = "\n`make doctor MEND=1` subscribes what is not subscribed." if mendable else ""
    return f"\n{counts['fine']} fine, {', '.join(said)}.{last}"


if __name__ == "__main__":
    sys.exit(main())
