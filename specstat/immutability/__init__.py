"""Immutability policies: what of a kind must not change, and from when on.

A policy is declared once (`terms`), compiled against the schema of its kind (`cells`), turned into
the guards that Kubernetes understands (`generate`), and enforced in a controller (`decide`).
"""
