"""Bar charts in the manner of Isotype: bars are stacks of one pictogram that stands for a round amount."""
