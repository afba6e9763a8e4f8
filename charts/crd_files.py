"""Renders the CustomResourceDefinition as YAML: as it is, and as a template of the chart.

Called by `render`. It knows nothing about the schema's content, and does no I/O.
"""

import re
import textwrap

import yaml
from chartspark_api.crd import custom_resource_definition

_ANNOTATIONS = """\
  labels:
    {{- include "chartspark.labels" . | nindent 4 }}
  {{- if or .Values.crds.keep .Values.crds.annotations }}
  annotations:
    {{- if .Values.crds.keep }}
    helm.sh/resource-policy: keep
    {{- end }}
    {{- with .Values.crds.annotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- end }}
"""


def manifest(header: str) -> str:
    """Return the CustomResourceDefinition as a manifest for `kubectl apply`."""
    return f"# {header}\n{_dump(custom_resource_definition())}"


def template(header: str) -> str:
    """Return the CustomResourceDefinition as a template of the chart, behind `crds.enabled`."""
    crd = custom_resource_definition()
    name, spec = crd["metadata"]["name"], _dump({"spec": crd["spec"]})
    if "{{" in spec:
        raise ValueError("the schema holds {{, which Helm would take for a template; write it otherwise")
    head = _dump({"apiVersion": crd["apiVersion"], "kind": crd["kind"]})
    return (
        f"{{{{- /* {header} */ -}}}}\n{{{{- if .Values.crds.enabled }}}}\n"
        f"{head}metadata:\n{textwrap.indent(f'name: {name}', '  ')}\n{_ANNOTATIONS}{spec}{{{{- end }}}}\n"
    )


class _QuotedBooleans(yaml.SafeDumper):
    """Quotes a lone y or n, the names of columns among them: Go's parser takes them for true and false, PyYAML's does not."""


_QuotedBooleans.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^[yYnN]$"), list("yYnN"))


def _dump(value: object) -> str:
    return yaml.dump(value, Dumper=_QuotedBooleans, sort_keys=False, width=100, allow_unicode=True)
