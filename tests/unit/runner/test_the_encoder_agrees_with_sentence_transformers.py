import numpy as np
from chartspark_runner.models.icons.encoder import FOLDER, Encoder
from sentence_transformers import SentenceTransformer

PHRASES = ("apple", "Cups of coffee sold", "Erneuerbare Energien in Dänemark", "a" * 300)


def test_every_phrase_points_the_same_way() -> None:
    expected = SentenceTransformer(str(FOLDER), device="cpu").encode(list(PHRASES))
    assert np.abs(Encoder().encode(PHRASES) - expected).max() < 1e-5
