"""The command line: wires, does not think. One module a command."""
