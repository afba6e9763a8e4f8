"""Who may run when. `decision` decides, `ledger` keeps what it decides from, `doorkeeper` wakes whose turn has come. No I/O here."""
