"""The stages in which `packaging/build.py` makes an installer."""
