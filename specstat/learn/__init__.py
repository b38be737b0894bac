"""Training the judge's wording on labelled fields; needs the extra `specstat[learn]`."""
