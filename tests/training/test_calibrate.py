from __future__ import annotations

import numpy as np

from training.calibrate import Calibration, choose_calibration, fit_calibration
from training.evaluate_pairs import expected_calibration_error, score, softmax
from training.packed import equal_lengths


def drawn(
    temperature: float, bias: tuple[float, float, float], n: int = 6000
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Logits whose true probabilities are known, and labels drawn from those."""
    rng = np.random.default_rng(3)
    logits = rng.normal(0, 3, (n, 3))
    truth = Calibration(temperature, bias).apply(logits)
    labels = (rng.random((n, 1)) > truth.cumsum(axis=1)).sum(axis=1)
    return logits, labels, np.ones(n)


def test_the_temperature_that_made_the_labels_is_found_again():
    fit = fit_calibration(*drawn(2.0, (0.0, 0.0, 0.0)), with_bias=False)
    assert abs(fit.temperature - 2.0) < 0.1
    assert fit.bias == (0.0, 0.0, 0.0)


def test_a_bias_is_used_only_where_it_pays():
    _, unbiased = choose_calibration(*drawn(1.5, (0.0, 0.0, 0.0)))
    fit, biased = choose_calibration(*drawn(1.5, (-1.0, 0.5, 0.0)))
    assert (unbiased["bias_used"], biased["bias_used"]) == (False, True)
    np.testing.assert_allclose(fit.bias, (-1.0, 0.5, 0.0), atol=0.15)
    assert biased["with_bias"]["ece"] < biased["ece_raw"]


def test_calibration_error_of_known_gaps():
    probabilities = np.asarray([[0.9, 0.05, 0.05]] * 10)
    assert abs(expected_calibration_error(probabilities, np.zeros(10, int)) - 0.1) < 1e-9
    assert abs(expected_calibration_error(probabilities, np.ones(10, int)) - 0.9) < 1e-9


def test_two_label_sets_are_scored_on_two_labels_but_false_support_on_all_three():
    logits = np.asarray([[1.0, 2.0, 9.0], [2.0, 1.0, 9.0], [9.0, 1.0, 2.0], [1.0, 9.0, 2.0]])
    row = score(logits, np.asarray([1, 0, 1, 1]))
    assert (row["classes"], row["accuracy"]) == (2, 0.75)
    assert row["false_supported_rate"] == 1 / 3
    assert row["majority"] == 0.75


def test_groups_hold_one_length_and_every_position():
    lengths = [3, 5, 3, 3, 5]
    groups = equal_lengths([0, 2, 3, 1, 4], lengths, size=2)
    assert groups == [[0, 2], [3], [1, 4]]


def test_softmax_rows_sum_to_one():
    np.testing.assert_allclose(softmax(np.asarray([[1000.0, 0.0, -1000.0]])), [[1, 0, 0]])
