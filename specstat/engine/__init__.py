"""Runs the rules over files and stamps what they find."""
