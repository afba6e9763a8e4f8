"""What a job's pod block may name: one policy, one file; `policies` has the table. Pure; no I/O here."""
