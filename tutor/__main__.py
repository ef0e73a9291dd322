"""`python -m tutor` does what the `tutor` command does."""

import sys

from tutor.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
