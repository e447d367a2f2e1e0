from __future__ import annotations

import math

import numpy as np
import pytest

from training.losses import label_loss, margin_loss
from training.stream import plan_steps_by_claim

torch = pytest.importorskip("torch")


def logits_of(*rows: list[float]) -> torch.Tensor:
    return torch.tensor([[math.log(p) for p in row] for row in rows])


def test_cross_entropy_is_the_sum_over_pairs() -> None:
    logits = logits_of([0.5, 0.25, 0.25], [0.2, 0.6, 0.2])
    loss = label_loss(logits, torch.tensor([0, 1]), smoothing=0.0)
    assert float(loss) == pytest.approx(-math.log(0.5) - math.log(0.6), abs=1e-6)


def test_focal_weighs_each_pair_by_what_it_lacks() -> None:
    logits = logits_of([0.5, 0.25, 0.25], [0.05, 0.9, 0.05])
    loss = label_loss(logits, torch.tensor([0, 1]), smoothing=0.0, focal_gamma=2.0)
    expected = -0.25 * math.log(0.5) - 0.01 * math.log(0.9)
    assert float(loss) == pytest.approx(expected, abs=1e-6)


def test_class_weights_scale_the_pairs_of_a_class() -> None:
    logits = logits_of([0.5, 0.25, 0.25], [0.2, 0.6, 0.2])
    loss = label_loss(logits, torch.tensor([0, 1]), smoothing=0.0, class_weights=(2.0, 0.5, 1.0))
    assert float(loss) == pytest.approx(-2 * math.log(0.5) - 0.5 * math.log(0.6), abs=1e-6)


def test_margin_asks_each_label_to_be_likelier_beside_its_own_version() -> None:
    logits = logits_of([0.6, 0.3, 0.1], [0.2, 0.7, 0.1])
    labels = torch.tensor([0, 1])
    claims = np.array([7, 7])
    loss = margin_loss(logits, labels, claims, margin=2.0)
    expected = (2 - math.log(0.6 / 0.2)) + (2 - math.log(0.7 / 0.3))
    assert float(loss) == pytest.approx(expected, abs=1e-5)
    assert float(margin_loss(logits, labels, claims, margin=0.5)) == 0.0


def test_margin_leaves_other_claims_and_equal_labels_alone() -> None:
    logits = logits_of([0.3, 0.3, 0.4], [0.3, 0.3, 0.4])
    assert float(margin_loss(logits, torch.tensor([0, 1]), np.array([7, 8]), margin=2.0)) == 0.0
    assert float(margin_loss(logits, torch.tensor([1, 1]), np.array([7, 7]), margin=2.0)) == 0.0


def test_steps_by_claim_keep_every_claim_whole() -> None:
    claims = [1, 2, 1, 3, 2, 1, 4, 3]
    lengths = np.array([5, 6, 7, 5, 5, 5, 6, 7])
    steps = list(plan_steps_by_claim(claims, lengths, seed="s", batch=3))
    assert sorted(m for step in steps for group in step for m in group) == list(range(8))
    homes: dict[int, set[int]] = {}
    for number, step in enumerate(steps):
        for group in step:
            assert len({int(lengths[m]) for m in group}) == 1
            for member in group:
                homes.setdefault(claims[member], set()).add(number)
    assert all(len(found) == 1 for found in homes.values())
