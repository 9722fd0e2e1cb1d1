"""GanArt Studio: train GANs on your own pictures and make art with them."""

__version__ = "0.1.0"
