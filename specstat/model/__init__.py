"""The nouns of specstat and the annotation grammar; standard library only.

Everything above speaks in these terms, and nothing here knows of files' formats, rules or output.
"""
