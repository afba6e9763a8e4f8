"""Area charts: a crisp edge at the values, and pictograms strewn over what lies under it; several series are stacked."""
