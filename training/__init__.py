"""From marked answers to the text model that ships: read, train, evaluate, export, decide.

Nothing here is needed to run the tutor; see README.md in this folder.
"""
