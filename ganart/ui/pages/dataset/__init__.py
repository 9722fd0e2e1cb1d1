"""The Dataset page: folders in, pictures culled, checked and framed, and what a model will see."""
