"""The ChartSparkJob API, `chartspark.io/v1alpha1`: the one place where operator and runner agree.

Read `spec` (what a user writes), `status` (what the operator answers), `reasons` and `exit_codes`
(why something waits or failed), `report` (what a runner tells the operator), `job` (all of it as one
object) and `crd` (the CustomResourceDefinition rendered from these types).

Nothing here does I/O, and nothing but Pydantic is imported.
"""
