"""`python -m factcheck`."""

from factcheck.cli import main

# A worker process imports the module that was started; it must not start over.
if __name__ == "__main__":
    main()
