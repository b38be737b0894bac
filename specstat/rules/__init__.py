"""Rules: one file each, named `ss101_input_in_status.py`; the file's docstring is its page.

Helpers inform, only rules report. Severity, place and fingerprint are the engine's.
"""
