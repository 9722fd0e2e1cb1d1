"""Every text that people see can be translated, and Qt's own tool finds all of them."""

import ast
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "ganart"
QT_FILES = [
    PACKAGE / "app.py",
    *sorted((PACKAGE / "ui").rglob("*.py")),
    *sorted((PACKAGE / "workers").rglob("*.py")),
]

SHOWING = {
    "QAction", "QCheckBox", "QCommandLinkButton", "QDockWidget", "QGroupBox", "QLabel", "QMenu",
    "QProgressDialog", "QPushButton", "QRadioButton", "addAction", "addItem", "addMenu", "addRow",
    "addTab", "setAccessibleDescription", "setAccessibleName", "setDetailedText", "setIconText",
    "setInformativeText", "setLabelText", "setPlaceholderText", "setPrefix", "setSpecialValueText",
    "setStatusTip", "setSuffix", "setText", "setTitle", "setToolTip", "setWhatsThis",
    "setWindowTitle", "showMessage",
}  # fmt: skip
"""Calls of Qt whose texts are read by people."""
WITH_DATA = {"addItem"}
"""Of those, the ones whose further arguments are not shown."""
MARKING = {"QT_TRANSLATE_NOOP": 1, "translate": 1, "tr": 0}
"""Calls that mark a text for translation, and the place of the text among their arguments."""


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Yield the name and the node of every call in a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else None
            name = node.func.id if isinstance(node.func, ast.Name) else name
            if name:
                yield name, node


def words(node: ast.expr) -> str:
    """Return the literal text of a string or f-string that holds letters, else nothing."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    constants = [part.value for part in parts if isinstance(part, ast.Constant)]
    text = "".join(part for part in constants if isinstance(part, str))
    return text if any(letter.isalpha() for letter in text) else ""


def test_no_bare_text_is_shown():
    bare = []
    for path in QT_FILES:
        for name, call in calls(path):
            if name not in SHOWING:
                continue
            shown = call.args[:1] if name in WITH_DATA else call.args
            bare += [f"{path.name}:{call.lineno} {text}" for text in map(words, shown) if text]
    assert not bare


def test_tr_gets_plain_literals():
    # Qt's tool reads the source, so it cannot see what a variable or an f-string holds.
    assert not [
        f"{path.name}:{call.lineno}"
        for path in QT_FILES
        for name, call in calls(path)
        if name == "tr"
        and not (call.args and isinstance(call.args[0], ast.Constant) and words(call.args[0]))
    ]


def test_qts_tool_finds_every_marked_text(tmp_path):
    files = sorted(PACKAGE.rglob("*.py"))
    marked = set()
    for path in files:
        for name, call in calls(path):
            place = MARKING.get(name)
            if place is not None and len(call.args) > place:
                marked.add(words(call.args[place]))
    template = tmp_path / "ganart.ts"
    tool = Path(sys.executable).with_name("pyside6-lupdate")
    command = [tool, "-locations", "none", *files, "-ts", template]
    subprocess.run(command, check=True, capture_output=True)
    found = {source.text for source in ET.parse(template).iter("source")}
    assert "Picture side" in found
    assert found >= marked - {""}
