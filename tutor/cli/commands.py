"""Which function runs which command; each is imported only when it is called.

Importing all of them would cost a tenth of the time to the first frame.
"""

from importlib import import_module

from tutor.cli.arguments import Arguments
from tutor.cli.home import Home

# Each function takes (Arguments, Home), returns the exit code and raises TutorError where it
# could not run.
COMMANDS = {
    "run": "opening:open_tui",
    "start": "opening:open_tui",
    "calibrate": "opening:open_tui",
    "list": "listing:list_cases",
    "check": "check:check",
    "new": "authoring:new",
    "schema": "authoring:schema",
    "preview": "authoring:preview",
    "handout": "authoring:handout",
    "pack": "authoring:pack",
    "install": "authoring:install",
    "grade": "grade:grade",
    "class": "classes:run",
    "review": "classes:review",
    "report": "report:report",
    "history": "history:history",
    "progress": "progress:progress",
    "mock": "mock:mock",
    "plan": "plan:plan",
    "export": "yourdata:export",
    "import": "yourdata:import_",
    "forget": "yourdata:forget",
    "drill": "drill:drill",
    "drills": "drill:drills",
    "doctor": "doctor:doctor",
}


def run(arguments: Arguments, home: Home) -> int:
    """Run the command and return its exit code; raises TutorError where it could not run."""
    module, function = COMMANDS[arguments.command].split(":")
    code = getattr(import_module(f"tutor.cli.{module}"), function)(arguments, home)
    return int(code)
