"""The guards that Kubernetes understands, made of a policy's terms and the cells they fix."""
