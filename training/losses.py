"""What a training step minimises, as sums over pairs.

Cross-entropy with smoothed labels is the default. The others are here to be compared with it:
`python -m training.compare_losses`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np


def label_loss(
    logits: Any,
    labels: Any,
    *,
    smoothing: float,
    focal_gamma: float = 0.0,
    class_weights: Sequence[float] = (),
) -> Any:
    """Cross-entropy, focused on hard pairs or weighted by class if asked for.

    Args:
        logits: (n, classes) float32.
        labels: (n,) label ids; the number of classes stands for an unknown label and adds nothing.
        smoothing: share of the target that is spread over all classes, 0 to 1.
        focal_gamma: exponent of (1 - p) of the right class; 0 leaves cross-entropy as it is.
            Source: Lin, Goyal, Girshick, He and Dollár, ICCV 2017, formula 4.
        class_weights: factor of each class; none means 1.
    """
    import torch

    weight = torch.tensor(class_weights, device=logits.device) if class_weights else None
    classes = logits.shape[-1]
    loss = torch.nn.functional.cross_entropy(
        logits, labels, weight, ignore_index=classes, label_smoothing=smoothing, reduction="none"
    )
    if focal_gamma:
        right = logits.softmax(-1).gather(1, labels.clamp(max=classes - 1)[:, None])[:, 0]
        loss = loss * (1.0 - right) ** focal_gamma
    return loss.sum()


def distance_from_answers(logits: Any, answers: Any, *, temperature: float) -> Any:
    """How far a reader is from a teacher's softened answers, summed over pairs.

    Source: Hinton, Vinyals and Dean, 2015: KL divergence at a temperature, times its square.

    Args:
        logits: (n, classes) float32 of the reader.
        answers: (n, classes) float32 logits of the teacher.
        temperature: that both are divided by, above 0.
    """
    import torch

    distance = torch.nn.functional.kl_div(
        (logits / temperature).log_softmax(-1),
        (answers / temperature).log_softmax(-1),
        log_target=True,
        reduction="sum",
    )
    return temperature**2 * distance


def margin_loss(logits: Any, labels: Any, claims: np.ndarray, *, margin: float) -> Any:
    """How far couples of one claim with different labels are from being told apart.

    For every two pairs i, j of the same claim with labels a and b, the log probability of `a`
    should be larger by `margin` beside i than beside j, and that of `b` the other way round.

    Args:
        logits: (n, classes) float32.
        labels: (n,) label ids.
        claims: (n,) equal numbers for equal claims.
        margin: in nats, above 0.

    Returns:
        The sum over couples of the mean shortfall, each pair's share of its couples counting
        once, so that a claim with many versions weighs no more a pair than one with two.
    """
    import torch

    same = torch.from_numpy(claims[:, None] == claims[None, :]).to(logits.device)
    couples = same & (labels[:, None] != labels[None, :])
    told = logits.log_softmax(-1)
    own = told.gather(1, labels[:, None])
    beside_other = told[:, labels].T  # [i, j]: log probability of i's label beside j
    shortfall = torch.relu(margin - (own - beside_other)) * couples
    return (shortfall.sum(1) / couples.sum(1).clamp(min=1)).sum()
