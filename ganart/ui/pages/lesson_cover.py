"""What stands in a training's place until a chapter was trained: its title and a drawing."""

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ganart.engine.gan.lesson.records import Chapter
from ganart.ui.pages.lesson_drawings import DRAWINGS
from ganart.ui.pages.lesson_words import said
from ganart.ui.widgets.diagram import Diagram, Drawing
from ganart.ui.widgets.text import Caption, Title


class LessonCover(QWidget):
    """One chapter before it is trained."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Title()
        self.title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.title.setWordWrap(True)
        self.diagram = Diagram()
        self.caption = Caption()
        self.caption.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(32, 32, 32, 32)
        layout.setSpacing(16)
        layout.addWidget(self.title)
        layout.addWidget(self.diagram, 1)
        layout.addWidget(self.caption)

    def show_chapter(self, chapter: Chapter) -> None:
        """Show a chapter's cover."""
        drawing = _translated(DRAWINGS[chapter.key])
        self.title.setText(said(chapter.title))
        self.diagram.show_drawing(drawing)
        self.caption.setText(drawing.words)


def _translated(drawing: Drawing) -> Drawing:
    boxes = (replace(box, text=_in_words(box.text)) for box in drawing.boxes)
    return replace(drawing, boxes=tuple(boxes), words=_in_words(drawing.words))


def _in_words(text: str) -> str:
    return QCoreApplication.translate("lesson drawings", text)
