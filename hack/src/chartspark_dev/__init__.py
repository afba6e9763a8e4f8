"""Development tools: the embedded cluster, the programs that it is made of, and the images. Never shipped."""
