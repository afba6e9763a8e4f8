"""What the types refuse beyond a JSON schema, for a laptop that no API server guards."""

from typing import Any

import pytest
from chartspark_api.spec import ChartSparkJobSpec
from pydantic import ValidationError


def chart(**fields: object) -> dict[str, Any]:
    return {
        "name": "rain",
        "title": "Rain",
        "xColumn": "month",
        "yColumn": "mm",
        "data": {"csv": "month,mm\nJan,3"},
    } | fields


def spec(*charts: dict[str, Any], **fields: object) -> dict[str, Any]:
    return {"charts": list(charts), "output": {"claimName": "results"}} | fields


REFUSED = {
    "two charts of one name": (spec(chart(), chart()), "chart names must be unique"),
    "300 KiB of inline data": (
        spec(*(chart(name=f"c{i}", data={"csv": "x" * 100_000}) for i in range(3))),
        "inline data must be at most 131072 bytes in all",
    ),
    "an unknown field": (spec(chart(colour="red")), "colour"),
    "a colour of data edges": (
        spec(chart(palette=["#00467f"])),
        r"#00467f is too near one that is kept .* write a lighter one, for instance #266192",
    ),
    "a colour in capitals that is lost on paper": (
        spec(chart(palette=["#FDFDF0"])),
        "#FDFDF0 is lost on paper: write a darker one, for instance #d7d7cc",
    ),
    "two colours for one series": (
        spec(chart(palette=["#b5532a"] * 2)),
        "a palette of several colours is for",
    ),
    "a palette of no colour": (spec(chart(palette=[])), "palette"),
    "a colour by its name": (spec(chart(palette=["red"])), "palette"),
    "a name for a rest that there is not": (
        spec(chart(type="Pie", otherLabel="Autres")),
        "otherLabel names the sector of what top leaves over",
    ),
    "a title of two lines": (spec(chart(title="a\nb")), "title"),
    "no chart": (spec(), "charts"),
    "a guidance scale that is a float": (spec(chart(), sampling={"guidanceScale": 7.5}), "guidanceScale"),
    "two sources of a table": (
        spec(chart(data={"csv": "k,v\na,1", "configMapKeyRef": {"name": "a", "key": "b"}})),
        "name exactly one source of the table: csv or configMapKeyRef",
    ),
    "no source of a table": (spec(chart(data={})), "name exactly one source of the table"),
    "two models": (
        spec(chart(), model={"name": "IconDiffusion", "claimName": "weights"}),
        "name the model by name or by claimName, not by both",
    ),
    "a model's folder without its claim": (
        spec(chart(), model={"path": ""}),
        "path, revision and keywordModel are of a model on a claim",
    ),
    "a model's folder beside an embedded model": (
        spec(chart(), model={"name": "Icons", "claimName": "c", "path": "sd", "textImageModel": "clip"}),
        "write claimName as well, and no name",
    ),
    "a folder that compares pictures, without its claim": (
        spec(chart(), model={"textImageModel": "clip"}),
        "textImageModel is a folder on a claim: write claimName as well",
    ),
    "a least likeness that nothing measures": (
        spec(chart(minTextImagePercent=60)),
        "minTextImagePercent is compared with what model.textImageModel measures",
    ),
    "a least likeness of more than all": (
        spec(
            chart(minTextImagePercent=101),
            model={"claimName": "weights", "textImageModel": "clip"},
        ),
        "minTextImagePercent",
    ),
    "icons that paint into a chart, beside a claim": (
        spec(
            chart(conditioning="Conditional"),
            model={"name": "Icons", "claimName": "weights", "textImageModel": "clip"},
        ),
        "conditioning Conditional takes a model that can inpaint",
    ),
    "a GPU for icons": (spec(chart(), pod={"gpu": {"count": 1}}), "Icons, the model unless another is named"),
    "icons on a GPU": (spec(chart(), model={"name": "Icons", "device": "CUDA"}), "uses no GPU"),
    "a cap of nothing, which Kubernetes takes for none": (spec(chart(), pod={"cpu": "0.0"}), "cpu"),
    "a path that leaves the claim": (
        spec(chart(), output={"claimName": "c", "path": "../other"}),
        "path",
    ),
}


@pytest.mark.parametrize(("given", "sentence"), REFUSED.values(), ids=REFUSED.keys())
def test_it_is_refused(given: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        ChartSparkJobSpec.model_validate(given)


def test_no_more_pods_are_made_than_there_are_charts() -> None:
    assert ChartSparkJobSpec.model_validate(spec(chart(), parallelism=8)).shards == 1


@pytest.mark.parametrize("model", [{"name": "IconDiffusion"}, {"claimName": "weights"}])
def test_models_that_compute_may_have_a_gpu(model: dict[str, str]) -> None:
    asked = spec(chart(), model=model | {"device": "CUDA"}, pod={"gpu": {"count": 1}})
    assert ChartSparkJobSpec.model_validate(asked).pod.gpu.count == 1


@pytest.mark.parametrize("name", [None, "Icons", "IconDiffusion"])
def test_any_model_may_be_compared_with_its_words(name: str | None) -> None:
    asked = {"name": name, "claimName": "weights", "textImageModel": "clip"}
    made = ChartSparkJobSpec.model_validate(spec(chart(minTextImagePercent=60), model=asked))
    assert made.model.embedded == name


@pytest.mark.parametrize("cpu", ["2", "1500m", "0.5", "0.25", "0.001", "2.125", 2])
def test_cpu_may_be_written_as_kubernetes_quantities_are(cpu: str | int) -> None:
    assert ChartSparkJobSpec.model_validate(spec(chart(), pod={"cpu": cpu})).pod.cpu == str(cpu)
