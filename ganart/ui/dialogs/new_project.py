"""Asks for the name and the place of a new project."""

from pathlib import Path

from PySide6.QtCore import QDir, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ganart.project.store import project_folder
from ganart.ui.dialogs.sizes import fit
from ganart.ui.photo_folder import photo_folder
from ganart.ui.widgets.buttons import dialog_buttons
from ganart.ui.widgets.text import Caption, Heading

_FORBIDDEN = set('/\\:*?"<>|')
"""Characters that Windows, or any system, does not allow in a name."""


class NewProjectDialog(QDialog):
    """A name, a folder, and maybe pictures; tells at once when that cannot be."""

    def __init__(self, place: Path, parent: QWidget | None = None, reason: str = "") -> None:
        """`place` is the folder that is offered; `reason` says why a project is needed, and then
        pictures are not asked for.
        """
        super().__init__(parent)
        self.setWindowTitle(self.tr("New project"))
        self.name = QLineEdit(self._free_name(place))
        self.name.selectAll()
        self.name.textChanged.connect(self._check)
        self.place = QLineEdit(QDir.toNativeSeparators(str(place)))
        self.place.textChanged.connect(self._check)
        self.pictures = QLineEdit()
        self.pictures.setPlaceholderText(self.tr("Can be added later"))
        self.pictures.textChanged.connect(self._check)
        self.hint = Caption()

        form = QFormLayout()
        form.setSpacing(12)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.addRow(self.tr("&Name"), self.name)
        choose = QPushButton(self.tr("C&hoose…"))
        choose.setAccessibleName(self.tr("Choose the folder of the project"))
        choose.clicked.connect(self._choose)
        _add_folder(form, self.tr("&Keep the project in"), self.place, choose)
        if not reason:
            choose_pictures = QPushButton(self.tr("Ch&oose…"))
            choose_pictures.setAccessibleName(self.tr("Choose a folder of pictures"))
            choose_pictures.clicked.connect(self._choose_pictures)
            _add_folder(form, self.tr("&Pictures to train on"), self.pictures, choose_pictures)

        buttons = dialog_buttons(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.create_button = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.create_button.setText(self.tr("C&reate"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(16)
        layout.addWidget(Heading(self.tr("A folder for one body of work")))
        if reason:
            why = QLabel(reason)
            why.setWordWrap(True)
            layout.addWidget(why)
            self.setAccessibleDescription(reason)
        layout.addLayout(form)
        layout.addWidget(self.hint)
        layout.addStretch(1)
        layout.addWidget(buttons)
        self._check()
        fit(self, 520)

    def folder(self) -> Path:
        """Return the folder of the project to be made."""
        return project_folder(Path(self.place.text()).expanduser() / self.name.text().strip())

    def pictures_folder(self) -> Path | None:
        """Return the folder of pictures to begin with, if there is to be one."""
        text = self.pictures.text().strip()
        return Path(text).expanduser() if text else None

    @Slot()
    def _check(self) -> None:
        trouble = self._trouble()
        self.create_button.setEnabled(not trouble)
        self.hint.setText(
            trouble
            or self.tr(
                "Models and artworks will be kept in {folder}. Your pictures stay where they are."
            ).format(folder=QDir.toNativeSeparators(str(self.folder())))
        )

    def _trouble(self) -> str:
        name = self.name.text().strip()
        if not name:
            return self.tr("Give the project a name.")
        if _FORBIDDEN & set(name) or name.startswith("."):
            return self.tr("A name cannot begin with a dot or contain any of {characters}").format(
                characters=" ".join(sorted(_FORBIDDEN))
            )
        if not Path(self.place.text()).expanduser().is_absolute():
            return self.tr("Choose the folder in which the project will be.")
        if self.folder().exists():
            return self.tr("There is already something of this name. Choose another name.")
        pictures = self.pictures_folder()
        if pictures is not None and not (pictures.is_absolute() and pictures.is_dir()):
            return self.tr("Choose a folder that is there as pictures to train on, or none.")
        return ""

    @Slot()
    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, self.tr("Choose the folder"), self.place.text()
        )
        if chosen:
            self.place.setText(QDir.toNativeSeparators(chosen))

    @Slot()
    def _choose_pictures(self) -> None:
        start = self.pictures.text() or str(photo_folder())
        chosen = QFileDialog.getExistingDirectory(
            self, self.tr("Choose a folder of pictures"), start
        )
        if chosen:
            self.pictures.setText(QDir.toNativeSeparators(chosen))

    def _free_name(self, place: Path) -> str:
        first = self.tr("My project")
        names = [first, *(f"{first} {number}" for number in range(2, 100))]
        return next((name for name in names if not project_folder(place / name).exists()), first)


def _add_folder(form: QFormLayout, name: str, field: QLineEdit, choose: QPushButton) -> None:
    row = QHBoxLayout()
    row.addWidget(field, 1)
    row.addWidget(choose)
    label = QLabel(name)
    label.setBuddy(field)
    form.addRow(label, row)
