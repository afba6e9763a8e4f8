"""The judge: a small convolutional network from a picture to the direction of its name. Called by the judge's command."""

from pathlib import Path
from typing import Any, Final

import torch
from torch import Tensor, nn
from typing_extensions import override

from runner.training.diffusion import checkpoints

_BATCH: Final = 64
_RATE: Final = 2e-3
_SHARPNESS: Final = 20.0
"""How much likelier a name becomes with its likeness."""
_NEAR: Final = 0.07
"""How far around its own name an icon counts as called by other names, too."""
_SHIFT: Final = 4
_SHADE: Final = 0.15


class Judge(nn.Module):
    """Sees 64 pixels a side, on white."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            *_layer(3, 24, 2), *_layer(24, 48, 2), *_layer(48, 96, 2), *_layer(96, 96, 1), *_layer(96, 192, 2),
            nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(0.2), nn.Linear(192, size),
        )  # fmt: skip

    @override
    def forward(self, pictures: Tensor) -> Tensor:
        """Return directions of length 1."""
        return nn.functional.normalize(self.layers(pictures).float(), dim=1)


def _layer(before: int, after: int, stride: int) -> tuple[nn.Module, ...]:
    return (
        nn.Conv2d(before, after, 3, stride, 1, bias=False),
        nn.BatchNorm2d(after),
        nn.ReLU(inplace=True),
    )


def on_white(pictures: Tensor) -> Tensor:
    """Return bytes of RGBA as the judge takes them: RGB on white, from -1 to 1."""
    shares = pictures.float() / 255
    alpha = shares[:, 3:]
    return (shares[:, :3] * alpha + 1 - alpha) * 2 - 1


def train(pictures: Tensor, names: Tensor, directions: Tensor, steps: int, checkpoint: Path) -> Judge:
    """Return a trained judge, going on from the checkpoint.

    Args:
        pictures: RGBA bytes of shape (n, 4, 64, 64).
        names: Of each picture the row of its name among `directions`.
        directions: Of all names, of length 1.
        steps: So many batches.
        checkpoint: Written now and then.
    """
    judge = Judge(directions.shape[1])
    judge.to(memory_format=torch.channels_last)
    optimizer = torch.optim.AdamW(judge.parameters(), lr=_RATE, weight_decay=0.05)
    parts: dict[str, Any] = {"judge": judge, "optimizer": optimizer}
    meant = torch.softmax(directions @ directions.T / _NEAR, dim=1)
    for step in range(checkpoints.resume(checkpoint, **parts), steps):
        for group in optimizer.param_groups:
            group["lr"] = _RATE * min(1.0, (step + 1) / 100, 2 * (steps - step) / steps)
        chosen = torch.randint(len(pictures), (_BATCH,))
        seen = _varied(on_white(pictures[chosen])).contiguous(memory_format=torch.channels_last)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            directed = judge(seen)
        likeness = directed @ directions.T
        loss = nn.functional.cross_entropy(likeness * _SHARPNESS, meant[names[chosen]])
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        checkpoints.report(step + 1, steps, loss=loss.item())
        if (step + 1) % 250 == 0 or step + 1 == steps:
            checkpoints.save(checkpoint, step + 1, **parts)
    return judge.eval()


def _varied(pictures: Tensor) -> Tensor:
    """Mirror, shift and shade pictures by chance, so that the judge learns what they show and not how."""
    mirrored = torch.where(torch.rand(len(pictures), 1, 1, 1) < 0.5, pictures.flip(-1), pictures)  # noqa: PLR2004 - half
    down, right = torch.randint(-_SHIFT, _SHIFT + 1, (2,)).tolist()
    shaded = mirrored * (1 + _SHADE * (torch.rand(len(pictures), 3, 1, 1) * 2 - 1))
    return torch.roll(shaded, (down, right), (2, 3)).clamp(-1, 1)
