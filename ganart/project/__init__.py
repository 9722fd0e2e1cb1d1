"""A project on disk: its folder, training runs and artworks."""
