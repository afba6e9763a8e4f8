"""Which words of a prompt a model does not read: every text encoder has its length. Called by `pipelines` and `clip`."""

from chartspark_runner.generate.families import Family
from chartspark_runner.generate.libraries import Pipeline, Tokenizer
from chartspark_runner.painter import Order

_ENDLESS = 10_000
"""Tokenizers without a limit name a huge one; then the pipeline has it."""


def unread_words(pipeline: Pipeline, family: Family, order: Order) -> tuple[str, ...]:
    """Return a sentence for each encoder that reads a part of a text only."""
    encoders = {
        name: part for name, part in pipeline.components.items() if "tokenizer" in name and part is not None
    }
    texts = {"prompt": order.prompt, "negative prompt": order.negative_prompt}
    told = (
        unread_part(f"the model's {name}", tokenizer, family.longest_prompt, what, text)
        for what, text in texts.items()
        for name, tokenizer in encoders.items()
    )
    return tuple(sentence for sentence in told if sentence is not None)


def unread_part(reader: str, tokenizer: Tokenizer, longest: int | None, what: str, text: str) -> str | None:
    """Return the sentence for a reader that reads a part of a text only; None for one that reads it all.

    Args:
        reader: Who reads.
        tokenizer: How it reads.
        longest: The tokens that the model takes, where it says so.
        what: What the text is.
        text: The text.
    """
    limit = tokenizer.model_max_length
    # Where a family has a long encoder, its length is the pipeline's; the short ones keep to their own.
    if longest is not None and limit > longest:
        limit = longest
    if limit >= _ENDLESS:
        return None
    tokens = tokenizer(text, truncation=False, verbose=False)["input_ids"]
    if len(tokens) <= limit:
        return None
    # The last place that is read holds the end's own token.
    cut = tokenizer.decode(tokens[limit - 1 :], skip_special_tokens=True).strip()
    return f"{reader} reads {limit} of the {what}'s {len(tokens)} tokens; it does not read {cut!r}"
