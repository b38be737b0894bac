"""Kubernetes' equality: values in the form in which equal ones are the same, and what differs."""
