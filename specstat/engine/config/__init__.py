"""What rules a file: configurations found, read, laid over each other, and shown."""
