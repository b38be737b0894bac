"""What a policy says of objects: of an update (`verify`), and what a controller does (`decide`)."""
