{{- /* Seconds after which the operator takes its watch on ChartSparkJobs for dead: two resyncs, and three minutes more. */ -}}
{{- define "chartspark.ownersSilenceSeconds" -}}
{{- add 180 (mul 2 (int .Values.resyncSeconds)) }}
{{- end }}
