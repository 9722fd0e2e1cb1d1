"""Choosing a picture among those that come with the program, and those of a folder."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ganart.ui.dialogs.library_titles import title_of
from ganart.ui.icons import icon
from ganart.ui.photo_folder import keep_photo_folder, photo_folder
from ganart.ui.widgets.buttons import dialog_buttons, push_button
from ganart.ui.widgets.frame_delegate import FrameDelegate
from ganart.ui.widgets.text import Caption, Heading
from ganart.workers.image_loader import ImageLoader, LoadedImage

PICTURE_PATTERNS = "*.png *.jpg *.jpeg *.webp *.bmp *.gif *.tif *.tiff"
_THUMBNAIL_PX = 128
_ROOM_PX = 8
"""Around each picture."""
_PATH = Qt.ItemDataRole.UserRole


class LibraryDialog(QDialog):
    """Thumbnails of bundled pictures, and a button for files of one's own."""

    def __init__(
        self, title: str, heading: str, folder: Path, *, many: bool, parent: QWidget
    ) -> None:
        """`heading` names what is in `folder`."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self._many = many
        self._own: list[Path] = []
        self._items: dict[Path, QListWidgetItem] = {}
        self._loader = ImageLoader(self)
        self._loader.loaded.connect(self._on_loaded)
        self.list = QListWidget()
        self.list.setAccessibleName(heading)
        self.list.setViewMode(QListWidget.ViewMode.IconMode)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setMovement(QListWidget.Movement.Static)
        side_px = _THUMBNAIL_PX + 2 * _ROOM_PX
        self.list.setIconSize(QSize(side_px, side_px))
        line = self.fontMetrics().height()
        self.list.setGridSize(QSize(side_px + 24, side_px + line + 16))
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setItemDelegate(FrameDelegate(self.list))
        if many:
            self.list.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.list.itemDoubleClicked.connect(self.accept)
        self.list.itemSelectionChanged.connect(self._update)
        self.buttons = dialog_buttons(QDialogButtonBox.StandardButton.Cancel)
        role = QDialogButtonBox.ButtonRole
        self.use_button: QPushButton = self.buttons.addButton(self.tr("&Use"), role.AcceptRole)
        self.file_button = push_button("folder", self.tr("From a &file…"))
        self.file_button.setAutoDefault(True)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.file_button.clicked.connect(self._on_file)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addWidget(Heading(self.tr("Your own")))
        layout.addWidget(self.file_button, 0, Qt.AlignmentFlag.AlignLeading)
        layout.addSpacing(6)
        layout.addWidget(Heading(heading))
        layout.addWidget(self.list, 1)
        if many:
            layout.addWidget(Caption(self.tr("Ctrl or Shift chooses several.")))
        layout.addWidget(self.buttons)
        self.resize(720, 560)
        self._fill(folder)
        self.file_button.setFocus()
        self.finished.connect(self._loader.stop)
        self._update()

    def paths(self) -> list[Path]:
        """Return what was chosen."""
        return self._own or [item.data(_PATH) for item in self.list.selectedItems()]

    def _fill(self, folder: Path) -> None:
        side_px = round(_THUMBNAIL_PX * self.devicePixelRatioF())
        for path in sorted(each for each in folder.iterdir() if each.is_file()):
            item = QListWidgetItem(icon("gallery"), title_of(path))
            item.setData(_PATH, path)
            item.setToolTip(title_of(path))
            item.setSizeHint(self.list.gridSize())  # or each would be as wide as its own text
            self.list.addItem(item)
            self._items[path] = item
        for path in reversed(self._items):  # the loader begins with the newest wish
            self._loader.load(path, side_px)

    @Slot(object)
    def _on_loaded(self, loaded: LoadedImage) -> None:
        if not loaded.image.isNull():
            self._items[loaded.path].setIcon(QIcon(self._in_a_square(loaded.image)))

    def _in_a_square(self, image: QImage) -> QPixmap:
        """Return a picture amid its cell, so that all names are at one height."""
        ratio = self.devicePixelRatioF()
        side = self.list.iconSize().width()
        square = QPixmap(round(side * ratio), round(side * ratio))
        square.setDevicePixelRatio(ratio)
        square.fill(Qt.GlobalColor.transparent)
        image.setDevicePixelRatio(ratio)
        place = QRectF(QPointF(), image.deviceIndependentSize())
        place.moveCenter(QPointF(side / 2, side / 2))
        painter = QPainter(square)
        painter.drawImage(place.topLeft(), image)
        painter.end()
        return square

    @Slot()
    def _update(self) -> None:
        is_chosen = bool(self.list.selectedItems())
        self.use_button.setEnabled(is_chosen)
        (self.use_button if is_chosen else self.file_button).setDefault(True)

    @Slot()
    def _on_file(self) -> None:
        self._own = ask_for_files(self, self.windowTitle(), many=self._many)
        if self._own:
            self.accept()


def ask_for_files(parent: QWidget, title: str, *, many: bool) -> list[Path]:
    """Ask for picture files, at first in the system's folder of pictures, then where the last ones
    were; an empty list where the person changed their mind.
    """
    folder = photo_folder()
    start = str(folder if folder.is_dir() else Path.home())
    patterns = f"{QCoreApplication.translate('LibraryDialog', 'Pictures')} ({PICTURE_PATTERNS})"
    if many:
        names, _ = QFileDialog.getOpenFileNames(parent, title, start, patterns)
    else:
        name, _ = QFileDialog.getOpenFileName(parent, title, start, patterns)
        names = [name] if name else []
    if names:
        keep_photo_folder(Path(names[0]).parent)
    return [Path(name) for name in names]
