"""Icons: a library of openly licensed vector icons that is searched by meaning. Needs no torch, and no GPU."""
