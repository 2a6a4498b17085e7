"""`python -m bounce_tui` is the console script."""

from bounce_tui.cli import main

if __name__ == "__main__":
    main()
