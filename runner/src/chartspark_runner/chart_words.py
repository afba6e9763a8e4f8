"""Words that no element is made of. Read by `words`, and by the search of the icons."""

CHART_WORDS = frozenset(
    """
    amount amounts annual annually average averages bar bars billion billions by capita change
    changes chart charts common compared comparison consumed consumption count counts countries
    country daily data decade decline declined decrease demand double doubled each emit emits
    equal every export exported exports fall falls fell fewer figure figures
    global graph grew growth grown harvest harvested high higher highest hour hourly import imported
    imports increase increased index largest last least less level levels low lower lowest made many
    mean median million millions monthly more most much national near new number numbers output
    people per percent percentage price prices produce produced produces production quarter
    quarterly ranked ranking rate rates ratio region regions rise rising rose sale sales season
    share shares size sold state states statistics stock supply survey than thousand times
    tons tonnes top total totals trend trends twice use used value values volume week weekly
    world worldwide year yearly years
    """.split()  # noqa: SIM905 - two hundred lines of quotation marks would hide the words
)
"""Words about charts and quantities: they say nothing that could be drawn."""
