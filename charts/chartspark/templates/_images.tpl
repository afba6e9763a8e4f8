{{- /* The reference of an image. Takes a list: the image's values, and the chart's appVersion for want of a tag. */ -}}
{{- define "chartspark.image" -}}
{{- $image := index . 0 }}
{{- if $image.digest }}
{{- printf "%s@%s" $image.repository $image.digest }}
{{- else }}
{{- printf "%s:%s" $image.repository (default (index . 1) $image.tag) }}
{{- end }}
{{- end }}

{{- /* The names of pull secrets, comma-separated. */ -}}
{{- define "chartspark.pullSecretNames" -}}
{{- $names := list }}
{{- range . }}{{ $names = append $names .name }}{{ end }}
{{- join "," $names }}
{{- end }}
