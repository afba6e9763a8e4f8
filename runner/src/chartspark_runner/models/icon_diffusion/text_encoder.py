"""The text encoder of IconDiffusion: all-MiniLM-L6-v2, whose padding is zero as in training. Loaded by `load`."""

from typing import Any

from torch import Tensor
from transformers import BertModel
from typing_extensions import override


class MaskedBertModel(BertModel):  # type: ignore[no-untyped-call]
    """BERT that gives (batch, tokens, 384), zero where the text has ended."""

    @override
    def forward(
        self, input_ids: Tensor, attention_mask: Tensor | None = None, **options: Any
    ) -> tuple[Tensor]:
        hidden = super().forward(input_ids, attention_mask=attention_mask, **options).last_hidden_state
        if attention_mask is not None:
            hidden = hidden * attention_mask[..., None].to(hidden.dtype)
        return (hidden,)
