"""Both scripts enter here: a command goes to the command line, no command opens the window."""

import sys


def main(argv: list[str] | None = None) -> int:
    """Run the program; returns the exit status."""
    arguments = sys.argv[1:] if argv is None else argv
    # A child process of a frozen program starts here too.
    from wizard import cli

    options = cli.parse(arguments)
    if options.command is None:
        from wizard.app import main as open_window

        return open_window(options.home, options.passphrase_file)
    return cli.run(options)


if __name__ == "__main__":
    sys.exit(main())
