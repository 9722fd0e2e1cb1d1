"""Training and rendering: torch, numpy and Pillow; never Qt, never print."""
