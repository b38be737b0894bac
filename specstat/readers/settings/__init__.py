"""Files in which people set things, YAML or TOML: one tree with places, read by tables of keys."""
