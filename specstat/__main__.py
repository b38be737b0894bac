"""`python -m specstat`."""

from specstat.cli.main import main

if __name__ == "__main__":
    main()
