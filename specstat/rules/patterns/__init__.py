"""Rules as data: what a pattern can say, read from YAML into objects that check like modules.

Nothing here runs what a pack says, but for CEL expressions, which is why those want trust. Patterns
are matched in one pass, so that no pack can make a run hang.
"""
