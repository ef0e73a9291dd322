"""The `tutor` command: reads the arguments, runs one command, returns the exit code."""

import errno
import os
import sys
from collections.abc import Sequence

from tutor.cli.arguments import parse
from tutor.cli.exitcode import ExitCode
from tutor.cli.home import Home
from tutor.core.errors import TutorError
from tutor.core.plaintext import clean
from tutor.locales import _, activate, choose_language

# A full disk, a quota, and a limit on the size of files.
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; errors a person can act on become one message, never a traceback."""
    _speak_utf8()
    try:
        return _run_to_the_end(sys.argv[1:] if argv is None else list(argv))
    except TutorError as error:
        print(f"tutor: {clean(str(error))}", file=sys.stderr)
        return ExitCode.FAILED
    except BrokenPipeError:
        # The reader (head, less) went away; the interpreter's own flush at exit must not complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.DONE
    except OSError as error:
        if error.errno not in _FULL:
            raise
        print(_("tutor: there is no room left to write the output"), file=sys.stderr)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.FAILED
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED


def _run_to_the_end(argv: list[str]) -> int:
    try:
        return _run(argv)
    finally:
        # Here, because the interpreter's own flush at exit can only print a traceback.
        sys.stdout.flush()


def _run(argv: list[str]) -> int:
    from tutor.cli.config import load_config

    home = Home.find(os.environ)
    wish = _argument(argv, "--ui-language")
    activate(choose_language((wish, _locale())))
    config = load_config(home.config)
    activate(choose_language((wish, config.ui_language, _locale())))
    arguments = parse(argv, config)
    from tutor.cli.commands import run

    return run(arguments, home)


def _argument(argv: list[str], name: str) -> str | None:
    """Find an option before the parser is built, because its help is spoken in that language."""
    for place, word in enumerate(argv):
        if word == name and place + 1 < len(argv):
            return argv[place + 1]
        if word.startswith(f"{name}="):
            return word.removeprefix(f"{name}=")
    return None


def _locale() -> str | None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return os.environ[name]
    return None


def _speak_utf8() -> None:
    """Write UTF-8 whatever the locale; a lone surrogate becomes an escape instead of a crash."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
