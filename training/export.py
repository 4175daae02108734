"""A trained network to the files that Quoth reads: half-precision arrays, and for `accurate` its encoder as ONNX.

    python training/export.py RUN OUT [--towards FURTHER]

RUN is the --out folder of train.py, OUT a folder; FURTHER is a run that began with RUN.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import torch

SHARE = 0.25
"""How much of what a run learned further is taken, weight by weight: part of the way generalises better than all of it
(Wortsman et al. 2022, Robust fine-tuning of zero-shot models)."""


def arrays(run: Path, further: Path | None = None) -> tuple[dict[str, np.ndarray], dict[str, object]]:
    """The weights outside the encoder, and what describes them; a `SHARE` of the way to those of `further`."""
    kept = torch.load(run / "model.pt", weights_only=False)
    vocabulary = {kind: list(names) for kind, names in kept["vocabulary"].items()}
    average = kept["average"]
    if further is not None:
        reached = torch.load(further / "model.pt", weights_only=False)["average"]
        average = {n: torch.lerp(t, reached[n], SHARE) for n, t in average.items()}
    weights = {n: t.numpy().astype(np.float16) for n, t in average.items() if not n.startswith("encoder.")}
    return weights, {"shape": kept["shape"], "vocabulary": vocabulary, "run": kept.get("run", {})}


def export_encoder(run: Path, base: Path, out: Path) -> None:
    """The trained encoder with weights of eight bits (one scale a column), and its tokenizer."""
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from transformers import BertModel

    encoder = BertModel.from_pretrained(base, add_pooling_layer=False, attn_implementation="eager").eval()
    kept = torch.load(run / "model.pt", weights_only=False)["average"]
    encoder.load_state_dict({n.removeprefix("encoder."): t for n, t in kept.items() if n.startswith("encoder.")})

    class Hidden(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.encoder = encoder

        def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
            return self.encoder(input_ids=ids, attention_mask=mask)[0]

    example = torch.ones(2, 8, dtype=torch.long)
    sizes = {0: "rows", 1: "pieces"}
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            Hidden(), (example, example), str(whole), input_names=["ids", "mask"], output_names=["hidden"],
            dynamic_axes={"ids": sizes, "mask": sizes, "hidden": sizes}, opset_version=17, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(whole, out / "encoder.onnx", weight_type=QuantType.QInt8, per_channel=True)
    shutil.copy(base / "tokenizer.json", out / "tokenizer.json")


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("run", type=Path)
    ask.add_argument("out", type=Path)
    ask.add_argument("--towards", type=Path, metavar="FURTHER", help="a run that began with RUN")
    ask.add_argument("--encoder", type=Path, help="the folder of the encoder that training began with")
    given = ask.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    weights, meta = arrays(given.run, given.towards)
    text = json.dumps(meta, ensure_ascii=False, sort_keys=True).encode("utf8")
    name = meta["shape"]["profile"]
    np.savez_compressed(given.out / f"{name}.npz", meta=np.frombuffer(text, dtype=np.uint8), **weights)
    if given.encoder is not None:
        export_encoder(given.run, given.encoder, given.out)


if __name__ == "__main__":
    main()
