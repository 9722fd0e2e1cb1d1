"""The list of projects opened lately."""

from collections.abc import Sequence

from PySide6.QtCore import QDir, QPoint, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QFont, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from ganart.settings.recent import RecentProject
from ganart.ui.widgets.items import Index

_RADIUS_PX = 8
_LEAST_ROWS = 2
_FOLDER = Qt.ItemDataRole.UserRole
_EXISTS = Qt.ItemDataRole.UserRole + 1


class _RecentDelegate(QStyledItemDelegate):
    """A project's name above its place; the end of a long path is what tells it apart."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of two lines."""
        return QSize(200, 2 * option.fontMetrics.height() + 24)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one project."""
        self.initStyleOption(option, index)
        rect: QRect = option.rect
        state = option.state
        palette: QPalette = option.palette
        exists = bool(index.data(_EXISTS))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_Selected):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.color(QPalette.ColorRole.Button))
            painter.drawRoundedRect(QRectF(rect).adjusted(0, 1, 0, -1), _RADIUS_PX, _RADIUS_PX)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Accent), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(1, 2, -1, -2), _RADIUS_PX, _RADIUS_PX)
        group = QPalette.ColorGroup.Normal if exists else QPalette.ColorGroup.Disabled
        inner = rect.adjusted(12, 8, -12, -8)
        font = painter.font()
        bold = QFont(font)
        bold.setWeight(QFont.Weight.DemiBold)
        line = painter.fontMetrics().height() + 4
        lead = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        align = QStyle.visualAlignment(option.direction, lead)
        texts = (
            (bold, str(index.data()), QPalette.ColorRole.Text),
            (font, self._place(index, exists), QPalette.ColorRole.PlaceholderText),
        )
        for number, (face, text, role) in enumerate(texts):
            painter.setFont(face)
            painter.setPen(palette.color(group, role if exists else QPalette.ColorRole.Text))
            row = QRect(inner.left(), inner.top() + number * line, inner.width(), line)
            shown = painter.fontMetrics().elidedText(
                text, Qt.TextElideMode.ElideMiddle, row.width()
            )
            painter.drawText(row, align, shown)
        painter.restore()

    def _place(self, index: Index, exists: bool) -> str:
        place = QDir.toNativeSeparators(str(index.data(_FOLDER).parent))
        return place if exists else self.tr("No longer there: {place}").format(place=place)


class RecentList(QListWidget):
    """The projects opened lately. Enter opens one, Delete takes it off the list."""

    opened = Signal(object)
    """The `Path` of a project; opening one that is gone says so, or finds it back again."""
    removed = Signal(object)
    """The `Path` of a project to forget."""

    def __init__(self) -> None:
        super().__init__()
        self._projects: tuple[RecentProject, ...] = ()
        self.setAccessibleName(self.tr("Recent projects"))
        self.setItemDelegate(_RecentDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setMouseTracking(True)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self.itemActivated.connect(self._open)
        self.itemClicked.connect(self._open)
        self._forget = QAction(self.tr("&Remove from this list"), self)
        self._forget.setShortcut(Qt.Key.Key_Delete)
        self._forget.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._forget.triggered.connect(self._remove_current)
        self.addAction(self._forget)

    def show_projects(self, projects: Sequence[RecentProject]) -> None:
        """Fill the list anew, unless it shows just these."""
        if tuple(projects) == self._projects:
            return
        self._projects = tuple(projects)
        self.clear()
        for project in projects:
            item = QListWidgetItem(project.path.stem)
            item.setData(_FOLDER, project.path)  # a text would lose bytes that are no Unicode
            item.setData(_EXISTS, project.exists)
            state = "" if project.exists else self.tr("no longer there")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{project.path.stem} {state}".strip())
            item.setToolTip(QDir.toNativeSeparators(str(project.path)))
            self.addItem(item)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the size of all projects."""
        return QSize(super().sizeHint().width(), self._rows_px(self.count()))

    def minimumSizeHint(self) -> QSize:
        """Return the size of a few."""
        few = min(_LEAST_ROWS, self.count())
        return QSize(super().minimumSizeHint().width(), self._rows_px(few))

    def _rows_px(self, rows: int) -> int:
        return rows * max(0, self.sizeHintForRow(0)) + 2 * self.frameWidth()

    @Slot(QListWidgetItem)
    def _open(self, item: QListWidgetItem) -> None:
        self.opened.emit(item.data(_FOLDER))

    @Slot(QPoint)
    def _show_menu(self, place: QPoint) -> None:
        if self.itemAt(place) is not None:
            menu = QMenu(self)
            menu.addAction(self._forget)
            menu.exec(self.viewport().mapToGlobal(place))

    @Slot()
    def _remove_current(self) -> None:
        item = self.currentItem()
        if item is not None:
            self.removed.emit(item.data(_FOLDER))
