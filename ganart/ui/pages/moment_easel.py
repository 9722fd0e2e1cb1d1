"""Has drawn what the Moments tab wants to see, and puts it on the stage."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from ganart.errors import StudioError
from ganart.ui.pages.moment_compare import CompareBar
from ganart.ui.pages.moment_drawing import Drawn, MomentDrawing
from ganart.ui.pages.moment_seeds import SeedsEdit
from ganart.ui.pages.moment_stage import MomentStage
from ganart.ui.widgets.text import told
from ganart.workers.moments import KeptMoment
from ganart.workers.previews import Blend

_FIRST, _SECOND, _BLEND = "first", "second", "blend"


class MomentEasel(QObject):
    """Shows A, A and B, or a blend of both, by the seeds and the way that are chosen."""

    failed = Signal(str)
    """B could not be drawn, in sentences; what concerns A stands on the stage itself."""
    doubted = Signal()
    """Something could not be drawn: it may have been thinned out meanwhile."""

    def __init__(
        self,
        stage: MomentStage,
        compare: CompareBar,
        seeds: SeedsEdit,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._stage = stage
        self._compare = compare
        self._seeds = seeds
        self._moment: KeptMoment | None = None
        self._beside: tuple[Path | None, tuple[int, ...]] = (None, ())
        self.drawing = MomentDrawing(self)
        self.drawing.drawn.connect(self._on_drawn)
        compare.mixed.connect(self._draw_blend)

    def blend(self) -> Blend | None:
        """Return the blend of A and B as it is chosen, None without both."""
        second = self._compare.path()
        if self._moment is None or second is None:
            return None
        return Blend(self._moment.path, second, self._compare.panel.mix())

    def draw(self, moment: KeptMoment, moments: Sequence[KeptMoment]) -> None:
        """Show a moment as A, and draw thumbnails of these, the newest first."""
        self._moment = moment
        second, seeds = self._compare.path(), self._seeds.seeds()
        self.drawing.set_seeds(seeds)
        self._stage.view.set_compare(self._compare.way())
        self._stage.expect()
        if (second, seeds) != self._beside:
            self._beside = (second, seeds)
            self._stage.show_alone()  # until what belongs there is drawn
        if self._compare.is_blend():
            self.drawing.forget(_FIRST)
            self.drawing.forget(_SECOND)
            self._draw_blend()
        else:
            self.drawing.forget(_BLEND)
            self.drawing.show(_FIRST, moment.path, moment.model_hash)
            if second is None:
                self.drawing.forget(_SECOND)
            else:
                self.drawing.show(_SECOND, second, self._compare.model_hash())
        self.drawing.want_thumbs([(each.model_hash, each.path) for each in reversed(moments)])

    def clear(self) -> None:
        """Forget what was wanted."""
        self._moment = None
        for place in (_FIRST, _SECOND, _BLEND):
            self.drawing.forget(place)
        self.drawing.want_thumbs(())

    @Slot()
    def _draw_blend(self) -> None:
        blend = self.blend()
        if blend is not None:
            self.drawing.show(_BLEND, blend)

    @Slot(object)
    def _on_drawn(self, drawn: Drawn) -> None:
        self._compare.panel.set_can_keep(drawn.error is None)
        if drawn.error is not None:
            self._on_not_drawn(drawn.place, told(self._named(drawn.error.error), drawn.error.text))
        elif drawn.place == _SECOND:
            self._stage.show_second(drawn.image)
        else:
            if drawn.place == _BLEND:
                self._stage.show_alone()
                if drawn.config is not None:
                    self._compare.panel.set_splits(drawn.splits, drawn.config)
            self._stage.show_first(drawn.image)

    def _on_not_drawn(self, place: str, sentences: str) -> None:
        if place == _SECOND:
            self._stage.show_alone()
            self.failed.emit(sentences)
        elif place in {_FIRST, _BLEND}:
            self._stage.tell(sentences)
        self.doubted.emit()

    def _named(self, error: StudioError | None) -> StudioError | None:
        """Let an error about two files speak of A and B, as everything does that stands around."""
        if error is None or not {"first", "second"} <= error.details.keys():
            return error
        names = {"first": self.tr("A"), "second": self.tr("B")}
        return type(error)(**{**error.details, **names})
