"""Makes what the runner carries: the icon library and the small model. Development code, not part of any image."""
