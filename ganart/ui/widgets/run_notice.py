"""The newest line about a run."""

from ganart.ui.widgets.text import Caption


class RunNotice(Caption):
    """Says what happened last; a trouble stays to be read before what comes after it."""

    _trouble = ""

    def say(self, text: str) -> None:
        """Say what happened."""
        self.setText(f"{self._trouble} {text}".strip())

    def warn(self, text: str) -> None:
        """Say what went wrong."""
        self._trouble = text
        self.setText(text)

    def forget(self) -> None:
        """Begin with another run."""
        self._trouble = ""
        self.clear()
