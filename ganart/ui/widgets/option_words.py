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
        ("resample", "nearest"): QCoreApplication.translate("choices", "Clear squares (nearest)"),
        ("resample", "bilinear"): QCoreApplication.translate("choices", "Soft (bilinear)"),
        ("resample", "bicubic"): QCoreApplication.translate("choices", "Smooth (bicubic)"),
        ("resample", "lanczos"): QCoreApplication.translate("choices", "Crisp (Lanczos)"),
        ("aspect", "drawn"): QCoreApplication.translate("choices", "As the model draws"),
        ("aspect", "pictures"): QCoreApplication.translate("choices", "As my pictures were"),
        ("aspect", "1:1"): QCoreApplication.translate("choices", "1:1, square"),
        ("sign_corner", "bottom right"): QCoreApplication.translate("choices", "Bottom right"),
        ("sign_corner", "bottom left"): QCoreApplication.translate("choices", "Bottom left"),
        ("sign_corner", "top right"): QCoreApplication.translate("choices", "Top right"),
        ("sign_corner", "top left"): QCoreApplication.translate("choices", "Top left"),
        ("format", "png"): QCoreApplication.translate("choices", "PNG"),
        ("format", "jpeg"): QCoreApplication.translate("choices", "JPEG"),
        ("format", "webp"): QCoreApplication.translate("choices", "WebP"),
        ("format", "tiff"): QCoreApplication.translate("choices", "TIFF"),
        ("format", "pdf"): QCoreApplication.translate("choices", "PDF"),
        ("format", "mp4"): QCoreApplication.translate("choices", "MP4, a film"),
        ("format", "webm"): QCoreApplication.translate("choices", "WebM, a film"),
        ("format", "gif"): QCoreApplication.translate("choices", "GIF, 256 colours"),
        ("format", "apng"): QCoreApplication.translate("choices", "APNG, exact colours"),
        ("compression", "deflate"): QCoreApplication.translate("choices", "Deflate"),
        ("compression", "lzw"): QCoreApplication.translate("choices", "LZW"),
        ("compression", "none"): QCoreApplication.translate("choices", "None"),
        ("codec", "auto"): QCoreApplication.translate("choices", "As usual"),
        ("codec", "h264"): QCoreApplication.translate("choices", "H.264"),
        ("codec", "h265"): QCoreApplication.translate("choices", "H.265"),
        ("codec", "vp9"): QCoreApplication.translate("choices", "VP9"),
        ("codec", "av1"): QCoreApplication.translate("choices", "AV1"),
        ("background", "dark"): QCoreApplication.translate("choices", "Dark"),
        ("background", "black"): QCoreApplication.translate("choices", "Black"),
        ("background", "grey"): QCoreApplication.translate("choices", "Grey"),
        ("background", "white"): QCoreApplication.translate("choices", "White"),
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
        "size": QCoreApplication.translate("choices", "as enlarged"),
        "edition": QCoreApplication.translate("choices", "off"),
        "freeze_layers": QCoreApplication.translate("choices", "none"),
    }
    return known.get(option, "")
