"""Train an attribution network.

    python training/train.py fast --data DIR --taught NAME --gold DEV.jsonl --out RUN [--seed N]
    python training/train.py fast --data DIR --start RUN --epochs 2 --gold DEV.jsonl --out FURTHER
    python training/train.py accurate --encoder FOLDER --data DIR --gold DEV.jsonl --out RUN [--seed N]

DIR holds train.npz/.json and dev.npz/.json as prepare.py writes them, and NAME.npz/.json as teach.py does; RUN gets
state.pt after every epoch, from which a run that was cut off goes on, log.jsonl with an epoch's figures on dev a line,
and model.pt at the end.
"""

from __future__ import annotations

import argparse
import copy
import json
import math
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from data import Paragraph, Vocabulary, batches, collate, load
from networks import Accurate, Batch, Fast, Shape, with_pooled_dropout
from torch import nn

from quoth.measure.attribution import ALL, Annotated, Attribution, compare, load_gold
from quoth.measure.attribution.figures import figures, total
from quoth.model import Span
from quoth.read.english.attribution.learned import decode

PLANS: dict[str, dict[str, Any]] = {
    "fast": {
        "epochs": 5,
        "rate": 2e-3,
        "shape": Shape("fast", word=112, reach=(1, 2, 4, 8), head=64, role_reach=(1, 3), dropout=0.1),
    },
    "accurate": {"epochs": 6, "rate": 1e-3, "shape": Shape("accurate", word=320, head=192, role_reach=(0, 0))},
}
ENCODER_RATE = 1.5e-4
"""Of the encoder's layers; its embeddings stay as they are."""

PARAGRAPHS = 16
"""Paragraphs of a batch; of what another network teaches three times as many."""

WARM = 0.06
"""The share of the steps in which the rates rise; from then on they fall to zero."""

STARTED = 0.1
"""The share of the rate at which a network learns on that another run left."""

KEEP, EVERY = 0.99, 5
"""The share that the running average of the weights keeps at each EVERY-th step.  The average is what is scored."""

FALSE_CUES = 1.0
"""The bias with which cues are looked for while training: what is none of the gold ones is taught as without roles."""

LEAST = (0.3, 0.4, 0.5)
"""Confidences from which on dev is scored."""

SHOWN = (
    "content.exact",
    "content.relaxed",
    "pair.relaxed",
    "triple.relaxed",
    "cue.span",
    "source.span",
    "content.span",
)


def main() -> None:
    given = _options()
    random.seed(given.seed)
    np.random.seed(given.seed)
    torch.manual_seed(given.seed)
    parts, dev = [load(given.data / name) for name in ("train", *given.taught)], load(given.data / "dev")
    gold = load_gold(given.gold)
    vocabulary = _vocabulary(given.start, parts)
    parts = [part[: given.paragraphs] for part in parts]
    run = Run(given, vocabulary, parts)
    given.out.mkdir(parents=True, exist_ok=True)
    saved = given.out / "state.pt"
    if saved.exists():
        run.restore(saved)
    print(f"{sum(p.numel() for p in run.model.parameters()):,} weights, {run.steps:,} steps", flush=True)
    while run.epoch < run.epochs:
        loss, seconds = run.learn(parts)
        entry = {"profile": given.profile, "seed": given.seed, "epoch": run.epoch, "loss": loss, "seconds": seconds}
        entry["dev"] = {str(least): score(f, gold) for least, f in run.on_dev(dev).items()}
        print(json.dumps(entry), flush=True)
        with (given.out / "log.jsonl").open("a", encoding="utf8") as log:
            log.write(json.dumps(entry) + "\n")
        run.save(saved)
    told = {"profile": given.profile, "seed": given.seed, "epochs": run.epochs, "torch": torch.__version__}
    kept = {"average": run.average.state_dict(), "shape": asdict(run.average.shape), "vocabulary": asdict(vocabulary)}
    torch.save({**kept, "run": told}, given.out / "model.pt")


def _vocabulary(start: Path | None, parts: Sequence[list[Paragraph]]) -> Vocabulary:
    """Of what is learned, or of the run that is begun with."""
    if start is not None:
        return Vocabulary(**torch.load(start / "model.pt", weights_only=False)["vocabulary"])
    return Vocabulary.of([paragraph for part in parts for paragraph in part])


def _options() -> argparse.Namespace:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("profile", choices=PLANS)
    ask.add_argument("--data", type=Path, required=True)
    ask.add_argument("--gold", type=Path, required=True, help="dev in the form of `quoth eval attribution`")
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument(
        "--taught", nargs="*", default=[], metavar="NAME", help="what teach.py wrote to DIR, to be learned too"
    )
    ask.add_argument("--encoder", type=Path, help="a folder with config.json, model.safetensors and tokenizer.json")
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--bfloat16", action="store_true", help="the encoder learns in half precision (for AMX)")
    ask.add_argument("--epochs", type=int)
    ask.add_argument("--start", type=Path, metavar="RUN", help="begin with that run's weights, at a tenth of the rate")
    ask.add_argument("--paragraphs", type=int, help="learn from so many only, for a trial")
    given = ask.parse_args()
    if given.profile == "accurate" and given.encoder is None:
        ask.error("accurate needs --encoder")
    for path in (given.data / "train.npz", given.data / "dev.npz", given.gold):
        if not path.exists():
            sys.exit(f"{path} is not there; see training/README.md")
    return given


class Run:
    """A network in training: its weights, their running average, and where it stands."""

    def __init__(self, given: argparse.Namespace, vocabulary: Vocabulary, parts: Sequence[list[Paragraph]]) -> None:
        plan = PLANS[given.profile]
        self.seed, self.vocabulary = given.seed, vocabulary
        self.model = _network(plan["shape"], vocabulary, given.encoder, given.bfloat16)
        if given.start is not None:
            self.model.load_state_dict(torch.load(given.start / "model.pt", weights_only=False)["average"])
        self.average = copy.deepcopy(self.model).eval()
        self.tokenizer = None if given.encoder is None else _tokenizer(given.encoder)
        self.epoch, self.done, self.epochs = 0, 0, given.epochs or plan["epochs"]
        self.steps = self.epochs * sum(math.ceil(len(part) / _paragraphs(part)) for part in parts)
        rate = plan["rate"] * (1 if given.start is None else STARTED)
        self.optimizer = torch.optim.AdamW(_groups(self.model, rate), weight_decay=0.01, fused=True)
        warm = self.steps * WARM
        self.schedule = torch.optim.lr_scheduler.LambdaLR(
            self.optimizer, lambda s: min((s + 1) / warm, max(0.0, (self.steps - s) / (self.steps - warm)))
        )

    def learn(self, parts: Sequence[list[Paragraph]]) -> tuple[float, int]:
        """One epoch, a batch of one part at a time; the mean loss and the seconds it took."""
        self.model.train()
        clock, summed, seen = time.time(), 0.0, 0
        rng = random.Random(1000 * self.seed + self.epoch)
        groups = [g for part in parts for g in batches(part, _paragraphs(part), rng)]
        rng.shuffle(groups)
        for group in groups:
            loss = loss_of(self.model, collate(group, self.vocabulary, self.tokenizer))
            self.optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
            self.optimizer.step()
            self.schedule.step()
            self.done += 1
            if self.done % EVERY == 0:
                self._averaged(min(KEEP, self.done / (self.done + 10 * EVERY)))
            summed, seen = summed + loss.item(), seen + 1
            if seen % 100 == 0:
                print(
                    f"epoch {self.epoch + 1}, step {seen}, loss {summed / seen:.3f}, {time.time() - clock:.0f} s",
                    flush=True,
                )
        self.epoch += 1
        return round(summed / seen, 4), round(time.time() - clock)

    @torch.no_grad()
    def _averaged(self, keep: float) -> None:
        for kept, weight in zip(self.average.parameters(), self.model.parameters(), strict=True):
            if weight.requires_grad:
                kept.lerp_(weight, 1 - keep)

    def on_dev(self, dev: list[Paragraph]) -> dict[float, dict[str, list[Attribution]]]:
        """What the average reads in dev, by the least confidence and the article."""
        read = list(predicted(self.average, dev, self.vocabulary, self.tokenizer))
        found: dict[float, dict[str, list[Attribution]]] = {least: {} for least in LEAST}
        for paragraph, attribution, sure in read:
            for least in LEAST:
                if sure >= least:
                    found[least].setdefault(paragraph.doc_id, []).append(attribution)
        return found

    def save(self, path: Path) -> None:
        parts = {name: getattr(self, name).state_dict() for name in ("model", "average", "optimizer", "schedule")}
        torch.save({**parts, "epoch": self.epoch, "done": self.done, "rng": torch.get_rng_state()}, path)

    def restore(self, path: Path) -> None:
        state = torch.load(path, weights_only=False)
        for name in ("model", "average", "optimizer", "schedule"):
            getattr(self, name).load_state_dict(state[name])
        self.epoch, self.done = state["epoch"], state["done"]
        torch.set_rng_state(state["rng"])


def _paragraphs(part: Sequence[Paragraph]) -> int:
    """Of a batch of it."""
    return PARAGRAPHS * (1 if part[0].taught is None else 3)


def _network(planned: Shape, vocabulary: Vocabulary, encoder: Path | None, bfloat16: bool) -> nn.Module:
    shape = copy.copy(planned)
    shape.tags, shape.deps, shape.forms = len(vocabulary.tags), len(vocabulary.deps), len(vocabulary.forms)
    if encoder is None:
        return Fast(shape)
    from transformers import BertModel

    bert = BertModel.from_pretrained(
        encoder, add_pooling_layer=False, attn_implementation="eager", attention_probs_dropout_prob=0.0
    )
    bert.embeddings.requires_grad_(False)
    return with_pooled_dropout(Accurate(shape, bert, bfloat16=bfloat16))


def _tokenizer(encoder: Path) -> Any:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
    tokenizer.enable_truncation(512)
    tokenizer.enable_padding(pad_to_multiple_of=16)
    return tokenizer


def _groups(model: nn.Module, rate: float) -> list[dict[str, Any]]:
    learned = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
    encoder = [p for n, p in learned if n.startswith("encoder.")]
    rest = [p for n, p in learned if not n.startswith("encoder.")]
    return [{"params": p, "lr": lr} for p, lr in ((encoder, ENCODER_RATE), (rest, rate)) if p]


def loss_of(model: nn.Module, batch: Batch) -> torch.Tensor:
    """Minus the log-likelihood of the cues, and of the roles of each gold and each false cue; a paragraph.  Of what
    another network teaches: as probable as it holds them."""
    x, tags = model(batch)
    wanted = (batch.bio if batch.taught is None else batch.taught)[batch.mask]
    summed = nn.functional.cross_entropy(tags[batch.mask], wanted, reduction="sum")
    cues = batch.cues + (_false_cues(tags.detach(), batch) if batch.taught is None else [])
    if cues:
        false = len(cues) - len(batch.cues)
        roles = torch.tensor([*batch.roles, *[[0] * x.shape[1]] * false])
        sure = torch.tensor([*batch.sure, *[0.0] * false])
        scores, mask = model.roles(x, batch, cues)
        some = model.roles.likelihood(scores, mask, roles)
        none = model.roles.likelihood(scores, mask, torch.zeros_like(roles))
        summed = summed + (model.roles.every(scores, mask) - sure * some - (1 - sure) * none).sum()
    return summed / x.shape[0]


def _cues(tags: torch.Tensor, batch: Batch) -> list[list[tuple[list[int], float]]]:
    """The cues of each paragraph, with those that are likely false."""
    return [decode.cues(row[on], FALSE_CUES) for row, on in zip(tags.numpy(), batch.mask.numpy(), strict=True)]


def _false_cues(tags: torch.Tensor, batch: Batch) -> list[tuple[int, list[int]]]:
    """The likeliest of the cues that the network finds and that are none: about as many as there are gold ones."""
    rows = _cues(tags, batch)
    found = [(p, r, words) for r, row in enumerate(rows) for words, p in row if not (batch.bio[r, words] == 1).any()]
    found.sort(key=lambda cue: -cue[0])
    return [(r, words) for _, r, words in found[: len(batch.cues) + len(rows) // 2]]


@torch.no_grad()
def predicted(
    model: nn.Module, paragraphs: Sequence[Paragraph], vocabulary: Vocabulary, tokenizer: Any
) -> Iterator[tuple[Paragraph, Attribution, float]]:
    """Every attribution with its paragraph and its confidence."""
    chain = decode.Chain(*(p.detach().numpy() for p in (model.roles.step, model.roles.begin, model.roles.end)))
    for group in batches(list(paragraphs), 2 * PARAGRAPHS, None):
        batch = collate(group, vocabulary, tokenizer)
        x, tags = model(batch)
        rows = _cues(tags, batch)
        cues = [(r, words, p) for r, row in enumerate(rows) for words, p in row]
        if not cues:
            continue
        scores, mask = model.roles(x, batch, [(r, words) for r, words, _ in cues])
        on = mask.numpy()
        read = decode.roles(scores.numpy()[on], on.sum(1), chain)
        for (r, words, p), (labels, real) in zip(cues, read, strict=True):
            content = decode.runs(labels, decode.CONTENT)
            if content:
                source, cue = decode.source(labels), [(words[0], words[-1] + 1)]
                attribution = Attribution(**{
                    role: tuple(Span(group[r].starts[a], group[r].ends[b - 1]) for a, b in runs)
                    for role, runs in (("source", source), ("cue", cue), ("content", content))
                })  # fmt: skip
                yield group[r], attribution, p * real


def score(found: dict[str, list[Attribution]], gold: Sequence[Annotated]) -> dict[str, Any]:
    """Precision, recall and F1 in percent."""
    read = figures(total(compare(document, found.get(document.id, ())) for document in gold), ALL)
    rates = {name: read.rates[name] for name in SHOWN}
    return {name: [round(100 * x, 2) for x in (r.p, r.r, r.f1)] for name, r in rates.items()}


if __name__ == "__main__":
    main()
