"""Offers, when a project is opened, what a crash or a power cut has ended."""

from PySide6.QtCore import QObject, Slot

from ganart.project.store import Project
from ganart.ui.notice_bar import NoticeBar
from ganart.ui.page_stack import PageStack
from ganart.workers.session import Session

_RUN, _PAINTING = "run:", "painting:"
"""What the button of a notice shows, before its id or the name of its folder."""


class InterruptedWork(QObject):
    """Tells of the newest training and the newest painting that were cut short, and shows them."""

    def __init__(
        self, session: Session, notice: NoticeBar, pages: PageStack, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._notice = notice
        self._pages = pages
        session.project_opened.connect(self._on_project_opened)
        notice.acted.connect(self._show)

    @Slot(object)
    def _on_project_opened(self, project: Project) -> None:
        runs = self._session.interrupted_runs()
        if runs:
            text = self.tr(
                "The last training was cut short. It can go on from its last checkpoint."
            )
            self._notice.tell(text, self.tr("&Jump to it"), _RUN + runs[0])
        if project.paintings_folder.is_dir():
            from ganart.workers.paintings import read_paintings  # brings NumPy

            run = self._session.begin(read_paintings(project), "interrupted", announce=False)
            run.reported.connect(self._on_read)

    @Slot(object)
    def _on_read(self, records: list[object]) -> None:
        from ganart.workers.paintings import PaintingsFound

        # One that was begun in the meantime is not cut short.
        if self._session.project is None or self._session.styling.run("painting") is not None:
            return
        for record in records:
            if isinstance(record, PaintingsFound):
                cut = [each.folder for each in record.records if each.status == "running"]
                if cut and cut[0].parent == self._session.project.paintings_folder:
                    text = self.tr(
                        "A painting was cut short. It can go on from its last checkpoint."
                    )
                    self._notice.tell(text, self.tr("&Jump to it"), _PAINTING + cut[0].name)

    @Slot(str)
    def _show(self, key: str) -> None:
        project = self._session.project
        if key.startswith(_RUN):
            self._pages.train_run(key.removeprefix(_RUN))
        elif key.startswith(_PAINTING) and project is not None:
            self._pages.show_painting(project.paintings_folder / key.removeprefix(_PAINTING))
