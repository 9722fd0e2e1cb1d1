"""What a project remembers of the lesson: the chapter that was read last, and the runs of each."""

from typing import Any

from ganart.errors import StudioError
from ganart.workers.run import ErrorReport
from ganart.workers.session import Session

_CHOICES_KEY = "lesson"


class LessonNotes:
    """Reads and writes the project's choices; what is there may be of another version."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def chapter(self) -> str:
        """Return the key of the chapter that was read last, empty where there is none."""
        return str(self._kept().get("chapter", ""))

    def run_id(self, chapter: str) -> str:
        """Return the id of a chapter's newest run, empty where there is none."""
        return self._runs().get(chapter, "")

    def keep_chapter(self, chapter: str) -> None:
        """Remember the chapter that is read."""
        self._keep("chapter", chapter)

    def keep_run(self, chapter: str, run_id: str) -> None:
        """Remember a chapter's newest run."""
        self._keep("runs", {**self._runs(), chapter: run_id})

    def _kept(self) -> dict[str, Any]:
        project = self._session.project
        kept = project.choices.get(_CHOICES_KEY) if project is not None else None
        return kept if isinstance(kept, dict) else {}

    def _runs(self) -> dict[str, str]:
        runs = self._kept().get("runs")
        if not isinstance(runs, dict):
            return {}
        return {key: value for key, value in runs.items() if isinstance(value, str)}

    def _keep(self, name: str, value: object) -> None:
        project = self._session.project
        if project is None or self._kept().get(name) == value:
            return
        project.choices[_CHOICES_KEY] = {**self._kept(), name: value}
        try:
            project.save()
        except StudioError as error:
            self._session.failed.emit(ErrorReport.of(error))
