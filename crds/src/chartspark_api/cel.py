"""What a JSON schema cannot say, as CEL rules that the API server checks at `kubectl apply`.

Called by the types, which carry these as schema extensions. Each rule comes with the sentence that the
user reads; none compares long text, because the API server prices a rule by the longest that it may meet.
"""

from collections.abc import Iterable

from pydantic import JsonValue

RULES = "x-kubernetes-validations"


def rule(expression: str, message: str) -> dict[str, JsonValue]:
    """Return a rule that holds where `expression` is true."""
    return {"rule": expression, "message": message}


def spelled(pattern: str, message: str) -> dict[str, JsonValue]:
    """Return the schema extension of a text that is written like `pattern`.

    The schema's own `pattern` says the same, but its message is the pattern.
    """
    return {RULES: [rule(f"self.matches(r'{pattern}')", message)]}


def spelled_or_number(pattern: str, message: str) -> dict[str, JsonValue]:
    """Return the schema extension of a quantity, which YAML may have read as a number, that is written like `pattern`."""
    return {RULES: [rule(f"string(self).matches(r'{pattern}')", message)]}


def frozen(fields: Iterable[str], message: str) -> dict[str, JsonValue]:
    """Return the rule of the whole object that keeps `fields` of the spec as they are once it has begun or ended."""
    begun = (
        "has(oldSelf.status) && (has(oldSelf.status.completionTime) || "
        "has(oldSelf.status.attempts) && size(oldSelf.status.attempts) > 0)"
    )
    kept = (
        f"has(self.spec.{field}) == has(oldSelf.spec.{field}) && "
        f"(!has(self.spec.{field}) || self.spec.{field} == oldSelf.spec.{field})"
        for field in fields
    )
    return {**rule(f"!({begun}) || ({' && '.join(kept)})", message), "fieldPath": ".spec"}
