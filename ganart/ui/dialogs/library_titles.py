"""The titles of the pictures that come with the program; their files have others' names."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication

from ganart.text import QT_TRANSLATE_NOOP

_TITLES = {
    "animals_chameleon": QT_TRANSLATE_NOOP("library", "Chameleon"),
    "animals_koala": QT_TRANSLATE_NOOP("library", "Koala"),
    "animals_lemur": QT_TRANSLATE_NOOP("library", "Lemurs"),
    "animals_moose": QT_TRANSLATE_NOOP("library", "Moose"),
    "animals_panda": QT_TRANSLATE_NOOP("library", "Panda"),
    "animals_scarlet_macaw": QT_TRANSLATE_NOOP("library", "Scarlet macaw"),
    "monuments_brandenburgGate": QT_TRANSLATE_NOOP("library", "Brandenburg Gate"),
    "monuments_chateaudeChenonceau": QT_TRANSLATE_NOOP("library", "Château de Chenonceau"),
    "monuments_colosseum": QT_TRANSLATE_NOOP("library", "Colosseum"),
    "monuments_hawaMahal": QT_TRANSLATE_NOOP("library", "Hawa Mahal"),
    "monuments_machuPicchu": QT_TRANSLATE_NOOP("library", "Machu Picchu"),
    "monuments_neuschwansteinCastle": QT_TRANSLATE_NOOP("library", "Neuschwanstein Castle"),
    "monuments_petra": QT_TRANSLATE_NOOP("library", "Petra"),
    "vangogh_Eglise_dAuvers-sur-Oise": QT_TRANSLATE_NOOP("library", "Church at Auvers"),
    "vangogh_Gogh4": QT_TRANSLATE_NOOP("library", "Café Terrace at Night"),
    "vangogh_PortraitOfPereTanguy": QT_TRANSLATE_NOOP("library", "Père Tanguy"),
    "vangogh_Van_Gogh_The_Night_Cafe": QT_TRANSLATE_NOOP("library", "The Night Café"),
    "vangogh_VincentVanGogh0012": QT_TRANSLATE_NOOP("library", "Vestibule in Saint-Rémy"),
    "vangogh_VincentVanGogh0013": QT_TRANSLATE_NOOP("library", "Painter on the Road"),
    "vangogh_VincentVanGogh0019": QT_TRANSLATE_NOOP("library", "The Harvest"),
    "vangogh_VincentVanGoghBridge": QT_TRANSLATE_NOOP("library", "Langlois Bridge"),
}


def title_of(path: Path) -> str:
    """Return the title of a picture; of one that is not known, its file's name as words."""
    if path.stem in _TITLES:
        return QCoreApplication.translate("library", _TITLES[path.stem])
    return path.stem.replace("_", " ").replace("-", " ").strip()
