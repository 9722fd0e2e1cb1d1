"""Generative adversarial networks: configuration, networks, losses, training, checkpoints."""
