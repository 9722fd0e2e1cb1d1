"""Setting a training up: which kind of model, what is suggested, which options act."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ganart.datasets.catalogue import Catalogue
from ganart.engine.gan.config import ARCHITECTURES, TrainConfig
from ganart.engine.gan.events import Estimate
from ganart.engine.gan.idle_options import idle_options
from ganart.engine.gan.presets import PRESETS, PresetGroup, preset, suggest
from ganart.engine.options import options
from ganart.ui.pages.train_augment import AugmentPreview
from ganart.ui.pages.train_presets import PresetPicker
from ganart.ui.pages.train_setup import TrainSetup
from ganart.ui.widgets.option_words import choice_words
from ganart.workers.session import Session
from tests.ui.studio import WAIT_MS

GIB = 2**30


@dataclass(frozen=True)
class Device:
    kind: str
    memory_total: int = 16 * GIB
    name: str = "a chip"
    reason: str = ""
    memory_free: int = 0
    threads: int = 2


@pytest.fixture
def picker(qtbot: QtBot) -> PresetPicker:
    picker = PresetPicker()
    qtbot.addWidget(picker)
    picker.show()
    return picker


def test_presets_are_shown_by_what_they_are_for(picker: PresetPicker, qtbot: QtBot) -> None:
    for number, group in enumerate(PresetGroup):
        picker._groups.button(number).click()
        shown = {key for key, card in picker.cards.cards.items() if card.isVisible()}
        assert shown == {each.key for each in PRESETS if each.group is group}


def test_choosing_a_preset_shows_its_group(picker: PresetPicker, qtbot: QtBot) -> None:
    for each in PRESETS:
        picker.choose(each.key)
        assert picker.choice() == each.key
        assert picker.cards.cards[each.key].isVisible()


def test_what_is_chosen_is_named_while_its_card_is_out_of_sight(picker: PresetPicker) -> None:
    picker.choose("sketch-32")
    assert not picker.elsewhere.isVisible()
    picker._groups.button(1).click()
    assert picker.elsewhere.isVisible()
    assert "Sketch 32" in picker.elsewhere.text()
    picker.cards.cards["lesson-fc"].click()
    assert not picker.elsewhere.isVisible()


def test_nothing_is_suggested_before_all_is_known(picker: PresetPicker) -> None:
    assert not picker.reason.isVisible()
    picker.set_device(Device("cpu"))
    assert not picker.reason.isVisible()
    picker.set_pictures(100)
    assert picker.reason.isVisible()


@pytest.mark.parametrize("kind", ["cpu", "cuda"])
def test_the_suggestion_comes_with_its_reason_and_follows_the_wish(
    picker: PresetPicker, qtbot: QtBot, kind: str
) -> None:
    picker.set_pictures(5000)
    picker.set_device(Device(kind))
    for row in range(picker.size_wish.count()):
        picker.size_wish.setCurrentIndex(row)
        picker.size_wish.activated.emit(row)
        best, reason = suggest(5000, picker.size_wish.currentData(), kind, 16 * GIB)
        assert picker.choice() == best.key
        assert best.label in picker.reason.text()
        assert reason in picker.reason.text()
        assert not picker.take_button.isVisible()


def test_another_choice_than_the_suggested_one_is_left_alone(
    picker: PresetPicker, qtbot: QtBot
) -> None:
    picker.set_pictures(100)
    picker.follow()
    picker.cards.cards["lesson-fc"].click()
    picker.set_device(Device("cpu"))
    assert picker.choice() == "lesson-fc"
    picker.take_button.click()
    assert picker.choice() == suggest(100, 0, "cpu", 16 * GIB)[0].key
    assert not picker.take_button.isVisible()


@pytest.fixture
def setup(open_session: Session, qtbot: QtBot) -> TrainSetup:
    setup = TrainSetup(open_session)
    qtbot.addWidget(setup)
    setup.resize(1000, 700)
    setup.advanced.button.click()
    setup.show()
    return setup


def shown_options(setup: TrainSetup) -> set[str]:
    return {name for name, row in setup.form.rows.items() if not row.isHidden()}


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_the_form_shows_just_the_options_that_act(setup: TrainSetup, architecture: str) -> None:
    setup.form.set_values({"architecture": architecture})
    idle = idle_options(setup.config().__dict__)
    everything = {each.name for each in options(TrainConfig)}
    assert shown_options(setup) == everything - idle - {"minutes", "shape"}


def test_an_option_appears_when_another_one_makes_it_act(setup: TrainSetup) -> None:
    assert "augment_kinds" not in shown_options(setup)
    setup.form.rows["augment"].field.setValue(0.3)
    assert "augment_kinds" in shown_options(setup)
    setup.form.rows["loss"].set_value("bce")
    assert "gamma" not in shown_options(setup)
    setup.form.rows["penalty"].set_value("r1")
    assert "gamma" in shown_options(setup)


def test_hidden_options_keep_the_values_of_the_preset(setup: TrainSetup) -> None:
    for each in PRESETS:
        setup.presets.choose(each.key)
        assert setup.config() == each.config


def test_a_group_without_options_that_act_has_no_heading(setup: TrainSetup) -> None:
    setup.form.set_values({"architecture": "r3"})
    headings = [heading for heading, _rows in setup.form._headings]
    assert all(not heading.isHidden() for heading in headings)
    for heading, rows in setup.form._headings:
        for architecture in ARCHITECTURES:
            setup.form.set_values({"architecture": architecture})
            assert heading.isHidden() == all(row.isHidden() for row in rows)


def test_choices_are_told_in_words() -> None:
    for each in options(TrainConfig):
        for choice in each.choices:
            if isinstance(choice, str) and each.name != "shape":  # which numbers say best
                assert choice_words(each.name, choice) != choice, (each.name, choice)


def test_zero_is_told_in_words_and_typed_as_a_number(setup: TrainSetup) -> None:
    field = setup.form.rows["augment"].field
    assert field.text() == "off"
    field.setValue(0.5)
    assert field.text() == "0.5"
    field.lineEdit().setText("0")
    assert setup.form.values()["augment"] == 0
    assert field.text() == "off"
    assert setup.form.rows["batch"].field.specialValueText() == ""


def test_a_project_without_choices_takes_what_is_suggested(setup: TrainSetup) -> None:
    setup.set_counts(100, 0)
    setup.presets.set_device(Device("cuda"))
    setup.recall({})
    assert setup.presets.choice() == "few-128"
    setup.recall({"train": {"preset": "lesson-fc", "config": {}}})
    assert setup.presets.choice() == "lesson-fc"
    assert setup.config().architecture == preset("lesson-fc").config.architecture


def test_an_estimate_tells_how_many_are_computed_at_once(setup: TrainSetup, qtbot: QtBot) -> None:
    setup.estimate._batch = 64
    whole = setup.estimate._in_words(Estimate(10.0, 600.0, 6000, 2**30, at_once=64))
    assert "at once" not in whole
    parts = setup.estimate._in_words(Estimate(10.0, 600.0, 6000, 2**30, at_once=16))
    assert parts == whole + " Of a batch of 64, 16 are computed at once."


@pytest.fixture
def preview(setup: TrainSetup, open_session: Session, pictures_folder: Path, qtbot: QtBot):
    with qtbot.waitSignal(open_session.dataset_changed, timeout=WAIT_MS):
        open_session.add_folders([pictures_folder])
    setup.preview.button.click()
    qtbot.waitUntil(lambda: not setup.augmented.pictures.pixmap().isNull(), timeout=WAIT_MS)
    return setup.augmented


def test_what_the_discriminator_sees_follows_the_options(
    setup: TrainSetup, preview: AugmentPreview, qtbot: QtBot
) -> None:
    plain = preview.pictures.pixmap().toImage()
    setup.form.rows["augment"].field.setValue(0.8)
    qtbot.waitUntil(lambda: preview.pictures.pixmap().toImage() != plain, timeout=WAIT_MS)
    setup.form.rows["architecture"].set_value("vae")  # what it sees is what it is to redraw
    qtbot.waitUntil(lambda: preview.pictures.pixmap().toImage() == plain, timeout=WAIT_MS)


def test_what_the_discriminator_sees_is_left_empty_with_a_reason(
    setup: TrainSetup, preview: AugmentPreview, open_session: Session, qtbot: QtBot
) -> None:
    with Catalogue(open_session.project.catalogue_path) as catalogue:
        paths = [row.path for row in catalogue.pictures()]
    open_session.curation.set_weight(paths[1:], 0.0, "exclude")
    qtbot.waitUntil(lambda: preview.pictures.pixmap().isNull(), timeout=WAIT_MS)
    assert preview.text.text()
    for path in paths:
        path.unlink()
    open_session.curation.set_weight(paths, 1.0, "include")
    qtbot.waitUntil(lambda: not open_session.is_busy(), timeout=WAIT_MS)
    assert preview.pictures.pixmap().isNull()
    open_session.close_project()
    assert preview.text.text() == ""


def test_nothing_is_drawn_while_it_is_folded_away(setup: TrainSetup, qtbot: QtBot) -> None:
    setup.form.rows["augment"].field.setValue(0.8)
    assert not setup.augmented._soon.isActive()
