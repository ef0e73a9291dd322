"""argparse's own words in the language of the interface.

argparse takes its words from the catalogue that the environment chooses, and Python comes with
none. What is missing here, in some version of Python, stays English.
"""

import argparse

from tutor.locales import _


def speak() -> None:
    """Let argparse say its own words in the language that is active now."""
    words = {
        "usage: ": _("usage: "),
        "%(prog)s: error: %(message)s\n": _("%(prog)s: error: %(message)s\n"),
        "argument %(argument_name)s: %(message)s": _("argument %(argument_name)s: %(message)s"),
        "show this help message and exit": _("show this help and exit"),
        "invalid choice: %(value)r (choose from %(choices)s)": _(
            "invalid choice: %(value)r (choose from %(choices)s)"
        ),
        "invalid %(type)s value: %(value)r": _("invalid %(type)s value: %(value)r"),
        "the following arguments are required: %s": _("the following arguments are required: %s"),
        "unrecognized arguments: %s": _("unrecognized arguments: %s"),
        "expected one argument": _("expected one argument"),
        "expected at least one argument": _("expected at least one argument"),
        "ambiguous option: %(option)s could match %(matches)s": _(
            "ambiguous option: %(option)s could match %(matches)s"
        ),
        "ignored explicit argument %r": _("takes no value, but got %r"),
        "not allowed with argument %s": _("not allowed with argument %s"),
    }
    # The name by which argparse looks its words up; it offers no other way in.
    argparse._ = lambda message: words.get(message, message)  # type: ignore[attr-defined]
