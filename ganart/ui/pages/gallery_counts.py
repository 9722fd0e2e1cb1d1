"""How many artworks there are."""

from ganart.ui.widgets.text import Caption
from ganart.ui.widgets.words import count


class CountsLine(Caption):
    """Says how many artworks there are, how many of them are shown, and how many are chosen."""

    def tell(self, shown: int, total: int, chosen: int) -> None:
        """Say it; nothing where there are no artworks."""
        if shown == total:
            text = self.tr("Artworks: {count}").format(count=count(total))
        else:
            text = self.tr("Artworks: {count} of {total}").format(
                count=count(shown), total=count(total)
            )
        if chosen > 1:
            text += "   ·   " + self.tr("chosen: {count}").format(count=count(chosen))
        self.setText(text if total else "")
