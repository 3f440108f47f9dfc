"""The layers of all-MiniLM-L6-v2, run by CTranslate2.

CTranslate2's own converter needs PyTorch and the model's Python classes. This module does the same
for a BERT encoder from the bare tensors, which have the names that PyTorch gives them:
https://opennmt.net/CTranslate2/python/ctranslate2.specs.TransformerEncoderModelSpec.html
"""

import os
from collections.abc import Mapping, Sequence
from tempfile import TemporaryDirectory

import numpy as np
from ctranslate2 import Encoder
from ctranslate2.converters.utils import fuse_linear
from ctranslate2.specs.common_spec import Activation, LayerNormSpec, LinearSpec
from ctranslate2.specs.transformer_spec import (
    TransformerEncoderLayerSpec,
    TransformerEncoderModelSpec,
    TransformerEncoderSpec,
)
from numpy.typing import NDArray

_HEADS = 12
_LAYERS = 6
_EPSILON = 1e-12
# Integers in the matrix products: a third of the time of float32, and as good on messages that
# training never saw (docs/decisions/0009-who-runs-the-sentence-model.md).
ARITHMETIC = "int8_float32"

Tensors = Mapping[str, NDArray[np.float32]]


def load_encoder(tensors: Tensors, pieces: Sequence[str]) -> Encoder:
    """The encoder; `pieces` are the word pieces in the order of their ids.

    One message is too little work for several threads, so each call runs on one thread; as many
    calls run at once as there are processors.
    """
    spec = TransformerEncoderModelSpec(_encoder(tensors))
    spec.register_vocabulary(list(pieces))
    spec.config.layer_norm_epsilon = _EPSILON
    spec.validate()
    spec.optimize()
    with TemporaryDirectory() as directory:
        spec.save(directory)
        calls = os.cpu_count() or 1
        return Encoder(directory, compute_type=ARITHMETIC, inter_threads=calls, intra_threads=1)


def _encoder(tensors: Tensors) -> TransformerEncoderSpec:
    spec = TransformerEncoderSpec(
        _LAYERS, _HEADS, pre_norm=False, activation=Activation.GELU, layernorm_embedding=True
    )
    spec.scale_embeddings = False
    spec.embeddings[0].weight = tensors["embeddings.word_embeddings.weight"]
    # A single sentence uses only the first of BERT's two token types.
    spec.position_encodings.encodings = (
        tensors["embeddings.position_embeddings.weight"]
        + tensors["embeddings.token_type_embeddings.weight"][0]
    )
    _norm(spec.layernorm_embedding, tensors, "embeddings.LayerNorm")
    for number, layer in enumerate(spec.layer):
        _layer(layer, tensors, f"encoder.layer.{number}")
    return spec


def _layer(spec: TransformerEncoderLayerSpec, tensors: Tensors, name: str) -> None:
    looks = [LinearSpec(), LinearSpec(), LinearSpec()]
    for look, part in zip(looks, ("query", "key", "value"), strict=True):
        _linear(look, tensors, f"{name}.attention.self.{part}")
    attention, feed_forward = spec.self_attention, spec.ffn
    fuse_linear(attention.linear[0], looks)
    _linear(attention.linear[1], tensors, f"{name}.attention.output.dense")
    _norm(attention.layer_norm, tensors, f"{name}.attention.output.LayerNorm")
    _linear(feed_forward.linear_0, tensors, f"{name}.intermediate.dense")
    _linear(feed_forward.linear_1, tensors, f"{name}.output.dense")
    _norm(feed_forward.layer_norm, tensors, f"{name}.output.LayerNorm")


def _linear(spec: LinearSpec, tensors: Tensors, name: str) -> None:
    spec.weight, spec.bias = tensors[f"{name}.weight"], tensors[f"{name}.bias"]


def _norm(spec: LayerNormSpec, tensors: Tensors, name: str) -> None:
    spec.gamma, spec.beta = tensors[f"{name}.weight"], tensors[f"{name}.bias"]
