"""What the catalogue knows of pictures that somebody looks at closely."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ganart.engine.asks import Poll
from ganart.workers.run import Job


@dataclass(frozen=True, slots=True)
class CloseFacts:
    """The usual framing, as JSON of it, and the labels of the issues of pictures by number."""

    usual_framing: str = "{}"
    issues: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


def close_facts_job(catalogue_path: Path) -> Job:
    """Judge all pictures; yields one `CloseFacts`, with labels of the context "issues"."""

    def job(_poll: Poll) -> Iterator[object]:
        from ganart.datasets.catalogue import Catalogue
        from ganart.datasets.checks import own_threshold
        from ganart.datasets.issues import ISSUES, diagnose

        issues: dict[int, tuple[str, ...]] = {}
        with Catalogue(catalogue_path) as catalogue:
            diagnosis = diagnose(catalogue)
            usual, checks = catalogue.usual_framing().to_json(), catalogue.checks()
        for issue in ISSUES:
            for place in diagnosis.facet(issue, own_threshold(checks, issue.key)).rows:
                number = diagnosis.pictures[place].id
                issues[number] = (*issues.get(number, ()), issue.label)
        yield CloseFacts(usual, issues)

    return job
