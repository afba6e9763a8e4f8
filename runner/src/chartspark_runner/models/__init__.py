"""The embedded text-to-image models, one folder each: the weights and the code that loads them."""
