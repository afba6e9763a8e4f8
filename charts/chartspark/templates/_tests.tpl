{{- /* What the objects of `helm test` share. They are hooks: they come with a test, and go when it has passed. */ -}}

{{- /* Labels of their own: with the operator's, a test's pod would be an endpoint of the operator's Service. */ -}}
{{- define "chartspark.testLabels" -}}
{{- merge (dict "app.kubernetes.io/component" "test") (include "chartspark.labels" . | fromYaml) | toYaml }}
{{- end }}

{{- /* Takes the weight: what pods need comes before them. */ -}}
{{- define "chartspark.testAnnotations" -}}
helm.sh/hook: test
helm.sh/hook-weight: {{ . | quote }}
helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
{{- end }}

{{- /* The namespace of the test's job: one that the operator watches. */ -}}
{{- define "chartspark.testNamespace" -}}
{{- first (append .Values.watchNamespaces .Release.Namespace) }}
{{- end }}

{{- define "chartspark.testPodSecurity" -}}
runAsNonRoot: true
runAsUser: 1000
runAsGroup: 1000
fsGroup: 1000
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "chartspark.testContainerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{- /* A container of the runner's image. Takes the chart's root and the image. */ -}}
{{- define "chartspark.testRunner" -}}
{{- $root := index . 0 -}}
image: {{ index . 1 }}
imagePullPolicy: {{ $root.Values.runner.image.pullPolicy }}
env:
  - name: HF_HUB_OFFLINE
    value: "1"
  - name: NVIDIA_VISIBLE_DEVICES
    value: void
resources:
  requests:
    cpu: "1"
    memory: 3Gi
  limits:
    cpu: "1"
    memory: 3Gi
securityContext:
  {{- include "chartspark.testContainerSecurity" . | nindent 2 }}
volumeMounts:
  - name: files
    mountPath: /files
    readOnly: true
  - name: tmp
    mountPath: /tmp
{{- end }}
