"""Writes the software bill of materials: every package inside the program, and its licence.

CycloneDX 1.6 as JSON for machines, and a table for people.
"""

import json
import platform
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import Distribution
from pathlib import Path
from string import Template
from typing import Any

from building.freezing import INTERNAL, PIP, RUNTIME
from building.plan import ROOT, Plan

Component = dict[str, Any]
BILL = "bill.json"
LICENCES = "licences.tsv"
"""Their names, in `Plan.work`."""
_LONGEST_NAME = 100
"""Older packages put the whole text of their licence where its name belongs."""


def write_bill(plan: Plan, python: str = "") -> None:
    """Write both forms of what `plan.program` consists of; the Python inside is the one that
    builds, or else of the version told.
    """
    parts = [_python(python or platform.python_version()), *components(plan.program)]
    parts.sort(key=lambda part: str(part["name"]).lower())
    made = datetime.fromtimestamp(plan.epoch_s, UTC).isoformat().replace("+00:00", "Z")
    studio = {
        "type": "application",
        "name": "ganart",
        "version": plan.version,
        "licenses": [{"expression": "MIT"}],
    }
    bill = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"timestamp": made, "component": studio},
        "components": parts,
    }
    (plan.work / BILL).write_text(json.dumps(bill, indent=2, ensure_ascii=False) + "\n", "utf-8")
    rows = ["package\tversion\tlicence\tinside", *(_row(part) for part in [studio, *parts])]
    (plan.work / LICENCES).write_text("\n".join(rows) + "\n", "utf-8")


def components(program: Path) -> Iterator[Component]:
    """Yield the packages of the program, each with what its own bill says is inside it."""
    for folder in (program / INTERNAL, program / RUNTIME, program / PIP):
        for info in folder.glob("*.dist-info"):
            yield _component(info)


def _python(version: str) -> Component:
    return {
        "type": "platform",
        "name": "CPython",
        "version": version,
        "licenses": [{"expression": "PSF-2.0"}],
    }


def licence_text() -> str:
    """Return the file that tells of the licences to people."""
    own = (ROOT / "LICENSE").read_text("utf-8").strip()
    return Template((ROOT / "packaging/licence.txt").read_text("utf-8")).substitute(licence=own)


def licence(package: Distribution) -> str:
    """Return a package's licence as its metadata name it; empty where they do not."""
    facts = package.metadata
    named: str = next(iter(facts.get_all("License-Expression") or facts.get_all("License") or [""]))
    if named and "\n" not in named and len(named) <= _LONGEST_NAME:
        return named
    classes = [
        each.rpartition(" :: ")[2]
        for each in facts.get_all("Classifier") or []
        if each.startswith("License :: ")
    ]
    return " AND ".join(classes)


def _component(info: Path) -> Component:
    package = Distribution.at(info)
    component: Component = {
        "type": "library",
        "name": package.name,
        "version": package.version,
        "purl": f"pkg:pypi/{package.name.lower()}@{package.version}",
        "licenses": [{"license": {"name": licence(package)}}],
    }
    inside = [part for bill in _own_bills(info) for part in bill.get("components", [])]
    own = {package.name.lower()}
    if named := [part for part in inside if str(part["name"]).lower() not in own]:
        component["components"] = [{**part, "bom-ref": f"{package.name}/{number}"}
                                   for number, part in enumerate(named)]  # fmt: skip
    return component


def _own_bills(info: Path) -> Iterator[dict[str, Any]]:
    """Yield the bills that a wheel carries about the libraries that were copied into it."""
    for path in sorted(info.glob("sboms/*.cdx.json")):
        yield json.loads(path.read_text("utf-8"))


def _row(component: Component) -> str:
    first = component["licenses"][0]
    named = first.get("expression") or first["license"]["name"]
    inside = sorted({str(part["name"]) for part in component.get("components", [])})
    return "\t".join([component["name"], component["version"], named, ", ".join(inside)])
