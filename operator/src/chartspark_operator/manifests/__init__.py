"""What the operator creates: a ConfigMap per job and an Indexed Job per attempt. Pure; no I/O here."""
