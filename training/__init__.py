"""From marked answers to the text model that ships: read, prepare, train, evaluate, export.

Nothing here is needed to run the tutor; see README.md in this folder.
"""
