"""What policies are written in: texts into terms, where they are found, whether they fit a kind."""
