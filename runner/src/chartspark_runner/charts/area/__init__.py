"""Area charts: a crisp edge at the values, and a heap of pictograms under it; several series are stacked."""
