"""The rules that `plan` applies in order. One policy per file; each is pure. No I/O and no clock here."""
