"""Values of options in words, where their keys or numbers say little."""

from PySide6.QtCore import QCoreApplication


def choice_words(option: str, choice: object) -> str:
    """Return how a choice of an option is called; its own text where that says it all."""
    known = {
        ("architecture", "r3"): QCoreApplication.translate("choices", "R3, calm and quick"),
        ("architecture", "style"): QCoreApplication.translate("choices", "Style, as StyleGAN"),
        ("architecture", "fast"): QCoreApplication.translate("choices", "Fast, as FastGAN"),
        ("architecture", "progressive"): QCoreApplication.translate("choices", "Progressive"),
        ("architecture", "msg"): QCoreApplication.translate("choices", "All sizes at once (MSG)"),
        ("architecture", "dcgan"): QCoreApplication.translate("choices", "DCGAN of the lesson"),
        ("architecture", "fc"): QCoreApplication.translate("choices", "Simple GAN of the lesson"),
        ("architecture", "vae"): QCoreApplication.translate("choices", "VAE, no GAN"),
        ("loss", "auto"): QCoreApplication.translate("choices", "As the architecture needs it"),
        ("loss", "relativistic"): QCoreApplication.translate("choices", "Relativistic"),
        ("loss", "non-saturating"): QCoreApplication.translate("choices", "Non-saturating"),
        ("loss", "hinge"): QCoreApplication.translate("choices", "Hinge"),
        ("loss", "wasserstein"): QCoreApplication.translate("choices", "Wasserstein"),
        ("loss", "bce"): QCoreApplication.translate("choices", "Cross-entropy (BCE)"),
        ("penalty", "auto"): QCoreApplication.translate("choices", "As the loss needs it"),
        ("penalty", "none"): QCoreApplication.translate("choices", "Nothing"),
        ("penalty", "r1"): QCoreApplication.translate("choices", "Real pictures (R1)"),
        ("penalty", "r1+r2"): QCoreApplication.translate("choices", "Real and generated (R1 + R2)"),
        ("penalty", "between"): QCoreApplication.translate("choices", "Between them (WGAN-GP)"),
        ("augment_kinds", "colour and place"): QCoreApplication.translate(
            "choices", "Colour and place"
        ),
        ("augment_kinds", "colour"): QCoreApplication.translate("choices", "Colour only"),
        ("augment_kinds", "place"): QCoreApplication.translate("choices", "Place only"),
        ("precision", "auto"): QCoreApplication.translate("choices", "As the device allows"),
        ("precision", "full"): QCoreApplication.translate("choices", "Full"),
        ("precision", "bf16"): QCoreApplication.translate(
            "choices", "Half where it is safe (bf16)"
        ),
        ("device", "auto"): QCoreApplication.translate("choices", "The quickest there is"),
        ("device", "cpu"): QCoreApplication.translate("choices", "Processor"),
        ("device", "cuda"): QCoreApplication.translate("choices", "Graphics card (CUDA)"),
        ("device", "mps"): QCoreApplication.translate("choices", "Graphics of a Mac"),
    }
    return known.get((option, str(choice)), str(choice))


def zero_words(option: str) -> str:
    """Return what 0 means as the value of a numeric option; empty where it is just a number."""
    known = {
        "minutes": QCoreApplication.translate("choices", "no limit"),
        "pictures": QCoreApplication.translate("choices", "no limit"),
        "at_once": QCoreApplication.translate("choices", "as many as fit"),
        "threads": QCoreApplication.translate("choices", "as it suits"),
        "ema_pictures": QCoreApplication.translate("choices", "off"),
        "path_length": QCoreApplication.translate("choices", "off"),
        "skip_below": QCoreApplication.translate("choices", "never"),
        "augment": QCoreApplication.translate("choices", "off"),
        "augment_target": QCoreApplication.translate("choices", "off"),
        "quality_share": QCoreApplication.translate("choices", "only at the end"),
        "freeze_layers": QCoreApplication.translate("choices", "none"),
    }
    return known.get(option, "")
