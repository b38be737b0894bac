"""Annotations and ignores written where they belong, and nothing else changed."""
