"""Marks English texts for translation in modules that must not import Qt.

`QT_TRANSLATE_NOOP` has the name that Qt's own string extractor looks for, so a text marked here is
found by `pyside6-lupdate` and translated by the window at the moment it is shown.
"""


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Return `text` unchanged; `context` is the group under which translators find it."""
    return text
