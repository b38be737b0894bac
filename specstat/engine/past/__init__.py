"""What was: revisions read by git, and two sides of an API compared."""
