"""From marked answers to the text model that ships: read, train, evaluate, export, decide.

Nothing here is needed to run the tutor; see README.md in this folder.
"""

import os

# As in `tutor.semantics.trained`: onnxruntime reports its use when it is imported.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
