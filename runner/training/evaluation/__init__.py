"""How good elements are: the subjects that they are judged by, sheets to look at, and the grading of what readers say."""
