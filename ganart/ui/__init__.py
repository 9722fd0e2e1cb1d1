"""The window: pages, widgets and dialogs. Sees records and pixels, never tensors."""
