{{- /* Names and labels. Every template calls these; selectors hold only what never changes. */ -}}

{{- define "chartspark.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 52 | trimSuffix "-" }}
{{- end }}

{{- define "chartspark.fullname" -}}
{{- $name := default .Chart.Name .Values.nameOverride }}
{{- $full := ternary .Release.Name (printf "%s-%s" .Release.Name $name) (contains $name .Release.Name) }}
{{- default $full .Values.fullnameOverride | trunc 52 | trimSuffix "-" }}
{{- end }}

{{- define "chartspark.selectorLabels" -}}
app.kubernetes.io/name: {{ include "chartspark.name" . | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/component: operator
{{- end }}

{{- define "chartspark.ownLabels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{ include "chartspark.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/part-of: chartspark
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- /* Merged rather than listed: a label given twice would be a key written twice, which server-side apply refuses. */ -}}
{{- define "chartspark.labels" -}}
{{- merge (include "chartspark.ownLabels" . | fromYaml) .Values.commonLabels | toYaml }}
{{- end }}

{{- define "chartspark.serviceAccountName" -}}
{{- $default := ternary (include "chartspark.fullname" .) "default" .Values.serviceAccount.create }}
{{- default $default .Values.serviceAccount.name }}
{{- end }}
