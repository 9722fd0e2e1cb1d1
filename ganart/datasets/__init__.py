"""Folders of pictures: decoding, the catalogue of what was found, and the cache for training."""
