{{- /* What the operator may do: exactly what it does. Children are created, watched and deleted, never edited. */ -}}
{{- define "chartspark.rules" -}}
- apiGroups: [chartspark.io]
  resources: [chartsparkjobs]
  verbs: [get, list, watch, delete]
- apiGroups: [chartspark.io]
  resources: [chartsparkjobs/status]
  verbs: [patch]
- apiGroups: [batch]
  resources: [jobs]
  verbs: [get, list, watch, create, delete]
- apiGroups: [""]
  resources: [pods]
  verbs: [list, watch, delete]
- apiGroups: [""]
  resources: [configmaps]
  verbs: [get, create]
- apiGroups: [""]
  resources: [persistentvolumeclaims]
  verbs: [get]
- apiGroups: [""]
  resources: [events]
  verbs: [list, create]
{{- if .Values.kueue.enabled }}
- apiGroups: [kueue.x-k8s.io]
  resources: [workloads]
  verbs: [list, watch]
{{- end }}
{{- end }}
