"""How the artist goes through the issues: kept for the project, whatever the file holds."""

import json
import math

import pytest

from ganart.datasets import checks
from ganart.datasets.catalogue import Catalogue
from ganart.datasets.checks import Check, fingerprint

OWN = {"blurred": Check(0.5), "dark": Check(None, "2-0badcafe"), "small": Check()}


def test_checks_outlast_reopening(tmp_path):
    path = tmp_path / "catalogue.sqlite"
    with Catalogue(path) as catalogue:
        assert catalogue.checks() == {}
        catalogue.set_checks({"grey": Check(0.1)})
        catalogue.set_checks(OWN)
    with Catalogue(path) as catalogue:
        assert catalogue.checks() == {key: OWN[key] for key in ("blurred", "dark")}
        assert catalogue.usual_framing() is not None  # which the same table keeps


@pytest.mark.parametrize(
    "text", ["", "[]", "nonsense", '{"dark": 3}', '{"dark": {"threshold": "x", "fine": 1}}']
)
def test_nonsense_is_passed_over(text):
    assert checks.from_json(text).get("dark", Check()) == Check()


@pytest.mark.parametrize("threshold", [1.5, -1, math.nan, "0.5"])
def test_a_threshold_out_of_range_is_the_usual_one(threshold):
    text = json.dumps({"dark": {"threshold": threshold, "fine": "1-0"}})
    assert checks.from_json(text) == {"dark": Check(None, "1-0")}


def test_fingerprint_is_of_the_set():
    assert fingerprint([3, 1, 2]) == fingerprint((1, 2, 3))
    assert len({fingerprint(each) for each in ([], [1], [1, 2], [1, 3], [12])}) == 5
    assert all(fingerprint(each) for each in ([], [1]))
