"""What a run found, shown: one file a format. Nothing here decides anything."""
