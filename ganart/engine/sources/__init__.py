"""Pictures that are no files yet, from ZIP files, films and the clipboard, become a folder.

It lies in the project, is written once, and is a source of the dataset like any other. This is
the engine's, since it needs what reads films as well as what knows pictures. Imports no torch.
"""
