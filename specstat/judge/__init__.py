"""From a field's facts to a verdict: where it belongs by its purpose.

Nothing here knows of files or formats. The seam for learned weights is `data/signals.json`.
"""
