"""Which options of a training do nothing, given the others. Imports no torch."""

from collections.abc import Mapping
from typing import Any

_ONLY_IN = {
    "mapping_layers": {"style"},
    "style_mixing": {"style"},
    "path_length": {"style"},
    "growing": {"progressive"},
    "blocks": {"r3", "vae"},
    "reconstruction": {"fast", "vae"},
}
_ADVERSARIAL = (
    *("loss", "penalty", "augment", "augment_target", "augment_kinds"),
    *("discriminator_steps", "generator_steps", "skip_below"),
)
_OF_PENALTIES = ("gamma", "gamma_end", "penalty_interval")
_FREE_ARCHITECTURES = {"dcgan", "fc", "fast"}
"""Their own losses ask for no penalty."""
_FREE_LOSSES = {"bce", "hinge"}
_ENDLESS_ARCHITECTURES = {"progressive", "msg"}
"""Their own loss is Wasserstein's, which falls without end and so never is low."""


def idle_options(values: Mapping[str, Any], from_model: bool = False) -> frozenset[str]:
    """Return the names of the options of `TrainConfig` that `values` leave without any effect.

    `from_model` says whether the training begins with a model instead of from nothing.
    """
    architecture = values["architecture"]
    idle = {name for name, users in _ONLY_IN.items() if architecture not in users}
    if architecture == "fc":
        idle |= {"width", "width_cap"}
    if architecture == "vae":
        idle.update(_ADVERSARIAL)
    if _is_endless(values):
        idle.add("skip_below")
    if not _is_penalised(values):
        idle.update(_OF_PENALTIES)
    if not values["augment"] and not values["augment_target"]:
        idle.add("augment_kinds")
    if not from_model:
        idle.add("freeze_layers")
    return frozenset(idle)


def _is_endless(values: Mapping[str, Any]) -> bool:
    if values["loss"] == "auto":
        return values["architecture"] in _ENDLESS_ARCHITECTURES
    return bool(values["loss"] == "wasserstein")


def _is_penalised(values: Mapping[str, Any]) -> bool:
    if values["architecture"] == "vae":
        return False
    if values["penalty"] != "auto":
        return bool(values["penalty"] != "none")
    if values["loss"] != "auto":
        return values["loss"] not in _FREE_LOSSES
    return values["architecture"] not in _FREE_ARCHITECTURES
