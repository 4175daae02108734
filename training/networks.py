"""The two networks, in torch.  Shapes: b paragraphs, n words, k cues, w widths."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import torch
from torch import Tensor, nn

from quoth.read.english.attribution.learned import paths
from quoth.read.english.attribution.learned.network import BUCKETS, bucket, gaps


@dataclass
class Shape:
    """What a network is made of; stored beside its weights.  `reach` and `role_reach` are those of its layers of words
    and of roles, in order, how far a word looks to either side; 0: at all words."""

    profile: str = "fast"
    tags: int = 0
    deps: int = 0
    forms: int = 0
    label: int = 24
    form: int = 32
    word: int = 256
    reach: tuple[int, ...] = ()
    head: int = 128
    heads: int = 4
    role_reach: tuple[int, ...] = ()
    dropout: float = 0.2


@dataclass
class Batch:
    """Padded paragraphs: `mask` is 1 at words; `cues` are the gold ones (paragraph, words), `roles` their labels.

    Where another network teaches, `taught` (b, n, 3) are its probabilities of none, begin, inside, and `sure` those
    that a cue has any roles."""

    vectors: Tensor
    tags: Tensor
    deps: Tensor
    forms: Tensor
    heads: Tensor
    quoted: Tensor
    headline: Tensor
    mask: Tensor
    bio: Tensor
    pieces: Tensor | None = None
    piece_mask: Tensor | None = None
    first: Tensor | None = None
    last: Tensor | None = None
    cues: list[tuple[int, list[int]]] = field(default_factory=list)
    roles: list[list[int]] = field(default_factory=list)
    taught: Tensor | None = None
    sure: list[float] = field(default_factory=list)


class Dropout(nn.Module):
    """Dropout whose masks are stretches of one pool of random bits: drawing afresh took a sixth of the time."""

    POOL = 1 << 21

    def __init__(self, p: float) -> None:
        super().__init__()
        self.p = p
        self.pool: Tensor | None = None

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or self.p == 0:
            return x
        if self.pool is None or self.pool.dtype != x.dtype:
            self.pool = (torch.rand(self.POOL) >= self.p).to(x.dtype) / (1 - self.p)
        size = x.numel()
        if size > len(self.pool):
            return nn.functional.dropout(x, self.p)
        start = int(torch.randint(len(self.pool) - size + 1, ()))
        return x * self.pool[start : start + size].view(x.shape)


def with_pooled_dropout(module: nn.Module) -> nn.Module:
    """The module with every nn.Dropout inside it replaced by `Dropout`."""
    for name, child in module.named_children():
        if isinstance(child, nn.Dropout):
            setattr(module, name, Dropout(child.p))
        else:
            with_pooled_dropout(child)
    return module


class Layer(nn.Module):
    """A transformer layer, normalised before."""

    def __init__(self, width: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, 2 * width), nn.Linear(2 * width, width)
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        k, n, w = x.shape
        q, key, v = self.qkv(self.norm1(x)).view(k, n, 3, self.heads, w // self.heads).permute(2, 0, 3, 1, 4)
        near = (q @ key.transpose(-1, -2) / (w // self.heads) ** 0.5).masked_fill(~mask[:, None, None, :], -1e4)
        x = x + self.drop(self.out((near.softmax(-1).to(v.dtype) @ v).transpose(1, 2).reshape(k, n, w)))
        return x + self.drop(self.down(nn.functional.relu(self.up(self.norm2(x)))))


class Roles(nn.Module):
    """Given a cue: for every word of its paragraph the scores of NONE, SOURCE, CONTENT, and a chain over them."""

    def __init__(self, inner: int, shape: Shape) -> None:
        super().__init__()
        w = shape.head
        self.word, self.cue = nn.Linear(inner, w), nn.Linear(inner, w)
        self.distance, self.flag = nn.Embedding(BUCKETS, w), nn.Embedding(2, w)
        self.path = nn.Embedding(paths.count(shape.deps), w)
        for e in (self.distance, self.flag, self.path):
            nn.init.normal_(e.weight, std=0.1)
        self.layers = layers(w, shape.role_reach, shape, heads=False)
        self.norm, self.out = nn.LayerNorm(w), nn.Linear(w, 3)
        self.step = nn.Parameter(torch.zeros(3, 3))
        self.begin, self.end = nn.Parameter(torch.zeros(3)), nn.Parameter(torch.zeros(3))
        self.drop = nn.Dropout(shape.dropout)
        self.labels = shape.deps

    def forward(self, x: Tensor, batch: Batch, cues: list[tuple[int, list[int]]]) -> tuple[Tensor, Tensor]:
        """Scores (k, n, 3) and mask (k, n)."""
        rows = torch.tensor([r for r, _ in cues])
        n = x.shape[1]
        flag = torch.zeros(len(cues), n, dtype=torch.long)
        for k, (_, words) in enumerate(cues):
            flag[k, words] = 1
        heads = batch.heads[rows].numpy()
        top = np.array([paths.head_of(words, heads[k]) for k, (_, words) in enumerate(cues)])
        way = torch.from_numpy(paths.paths(heads, batch.deps[rows].numpy(), top, self.labels))
        inside = x[rows]
        mean = (inside * flag[..., None]).sum(1) / flag.sum(1, keepdim=True)
        h = self.word(inside) + self.cue(mean)[:, None]
        h = h + self.distance(torch.from_numpy(bucket(gaps(cues, n)))) + self.flag(flag) + self.path(way)
        h = self.drop(h)
        mask = batch.mask[rows]
        for layer in self.layers:
            h = layer(h, mask)
        return self.out(self.norm(h)).float(), mask

    def likelihood(self, scores: Tensor, mask: Tensor, roles: Tensor) -> Tensor:
        """The logarithm of the chains' likelihood, one a cue (k), not yet divided by that of all chains (`every`)."""
        own = scores.gather(2, roles[..., None])[..., 0] * mask
        steps = self.step[roles[:, :-1], roles[:, 1:]] * mask[:, 1:]
        last = roles.gather(1, mask.sum(1)[:, None] - 1)[:, 0]
        return self.begin[roles[:, 0]] + own.sum(1) + steps.sum(1) + self.end[last]

    def every(self, scores: Tensor, mask: Tensor) -> Tensor:
        """The logarithm of the sum over all chains, one a cue (k)."""
        total = self.begin + scores[:, 0]
        for i in range(1, scores.shape[1]):
            more = torch.logsumexp(total[:, :, None] + self.step, 1) + scores[:, i]
            total = torch.where(mask[:, i, None], more, total)
        return torch.logsumexp(total + self.end, 1)


class Words(nn.Module):
    """A word's row from the parser's features, its own and its head's."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.tag, self.dep = nn.Embedding(shape.tags, shape.label), nn.Embedding(shape.deps, shape.label)
        self.form = nn.Embedding(shape.forms, shape.form)
        self.quoted, self.headline = nn.Embedding(3, 8), nn.Embedding(2, 4)
        for e in (self.tag, self.dep, self.form, self.quoted, self.headline):
            nn.init.normal_(e.weight, std=0.3)
        self.size = 2 * (2 * shape.label + shape.form + 8) + 4

    def forward(self, batch: Batch, vectors: Tensor, forms: Tensor) -> Tensor:
        own = torch.cat(
            [vectors, self.tag(batch.tags), self.dep(batch.deps), self.form(forms), self.quoted(batch.quoted)], -1
        )
        head = own.gather(1, batch.heads[..., None].expand(-1, -1, own.shape[-1]))
        kind = self.headline(batch.headline)[:, None].expand(-1, own.shape[1], -1)
        return torch.cat([own, head, kind], -1)


class Near(nn.Module):
    """Each word's row with those of the words `reach` before and after it and of the word that governs it, added to
    what it was; normalised before."""

    def __init__(self, width: int, reach: int, dropout: float, *, heads: bool) -> None:
        super().__init__()
        self.reach, self.heads = reach, heads
        self.norm = nn.LayerNorm(width, elementwise_affine=False)
        self.up, self.down = nn.Linear((3 + heads) * width, width), nn.Linear(width, width)
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor, heads: Tensor | None = None) -> Tensor:
        """`heads` (b, n) where the layer looks at them."""
        rows = self.norm(x) * mask[..., None]
        n, reach = x.shape[1], self.reach
        wide = nn.functional.pad(rows, (0, 0, reach, reach))
        near = [wide[:, :n], rows, wide[:, 2 * reach :]]
        if heads is not None:
            near.append(rows.gather(1, heads[..., None].expand(-1, -1, rows.shape[-1])))
        return x + self.drop(self.down(nn.functional.relu(self.up(torch.cat(near, -1)))))


def layers(width: int, reach: tuple[int, ...], shape: Shape, *, heads: bool) -> nn.ModuleList:
    """The layers of a Shape's `reach`."""
    drop = shape.dropout / 2
    return nn.ModuleList(Near(width, r, drop, heads=heads) if r else Layer(width, shape.heads, drop) for r in reach)


class Fast(nn.Module):
    """spaCy's own vectors and labels, layers that look at near and governing words, cue tagger and role reader."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.words = Words(shape)
        w = shape.word
        self.mix = nn.Linear(self.words.size + 2 * 96, w)
        self.layers = layers(w, shape.reach, shape, heads=True)
        self.norm = nn.LayerNorm(w, elementwise_affine=False)
        self.tagger = nn.Linear(w, 3)
        self.roles = Roles(w, shape)
        self.drop = nn.Dropout(shape.dropout)

    def forward(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """Word rows (b, n, w) and cue scores (b, n, 3: none, begin, inside)."""
        forms = batch.forms
        if self.training:
            forms = forms.masked_fill(torch.rand(forms.shape) < 0.1, 0)
        x = self.mix(self.drop(self.words(batch, batch.vectors, forms)))
        for layer in self.layers:
            x = layer(x, batch.mask, batch.heads) if isinstance(layer, Near) else layer(x, batch.mask)
        x = self.drop(self.norm(x))
        return x, self.tagger(x).float()


class Accurate(nn.Module):
    """A small encoder's rows with the parser's labels, cue tagger and role reader."""

    def __init__(self, shape: Shape, encoder: nn.Module, *, bfloat16: bool = False) -> None:
        """`bfloat16`: the encoder learns in half precision, which is faster only where the processor has AMX."""
        super().__init__()
        self.shape = shape
        self.encoder = encoder
        self.bfloat16 = bfloat16
        width = encoder.config.hidden_size
        self.words = Words(shape)
        self.mix = nn.Linear(self.words.size + 2 * width, shape.word)
        self.tagger = nn.Linear(shape.word, 3)
        self.roles = Roles(shape.word, shape)
        self.drop = nn.Dropout(shape.dropout)

    def forward(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """As `Fast.forward`."""
        with torch.autocast("cpu", torch.bfloat16, enabled=self.training and self.bfloat16):
            hidden = self.encoder(input_ids=batch.pieces, attention_mask=batch.piece_mask)[0]
        hidden = hidden.float()
        first, last = (
            hidden.gather(1, at[..., None].expand(-1, -1, hidden.shape[-1])) for at in (batch.first, batch.last)
        )
        x = (first + last) / 2
        x = self.mix(self.drop(self.words(batch, x, batch.forms)))
        x = self.drop(nn.functional.relu(x))
        return x, self.tagger(x).float()
