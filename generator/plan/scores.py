"""How good forecasts were: the share that came true, the Brier score, the calibration."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import fsum

from generator.plan.prediction_lines import Told
from generator.plan.predictions import Prediction
from generator.views import CalibrationBin, ForecasterScore, Link, Score

# With fewer, chance says more than skill does.
NEEDED = 10
_BINS = 10

# A stated probability and what came of it: 1 where the prediction came true, else 0.
_Stated = tuple[float, int]


def score(predictions: Iterable[Prediction]) -> Score:
    """The score of predictions: of those that came true or did not; withdrawn ones do not count.

    Nothing is scored that has fewer than ten: the share of those resolved, the Brier score and the
    calibration of those that stated a probability, too.
    """
    everything = tuple(predictions)
    resolved = [each for each in everything if each.state in ("came true", "did not")]
    stated = [
        (each.implication.probability, int(each.state == "came true"))
        for each in resolved
        if each.implication.probability is not None
    ]
    came_true = sum(each.state == "came true" for each in resolved)
    enough = len(stated) >= NEEDED
    return Score(
        predictions=len(everything),
        resolved=len(resolved),
        missing=max(0, NEEDED - len(resolved)),
        share=came_true / len(resolved) if len(resolved) >= NEEDED else None,
        stated=len(stated),
        stated_missing=max(0, NEEDED - len(stated)),
        brier=brier(stated) if enough else None,
        calibration=calibration(stated) if enough else (),
    )


def brier(stated: Sequence[_Stated]) -> float:
    """The mean of (p - o)², from 0, the best, to 1: G. W. Brier, Verification of forecasts
    expressed in terms of probability, Monthly Weather Review 78 (1950), in the form for two
    outcomes that counts one of them (his own sum over both is twice that).
    """
    return fsum((probability - outcome) ** 2 for probability, outcome in stated) / len(stated)


def calibration(stated: Sequence[_Stated]) -> tuple[CalibrationBin, ...]:
    """What was stated and what came true, in steps of ten per cent; empty steps are left out."""
    bins: dict[int, list[_Stated]] = {}
    for each in stated:
        bins.setdefault(min(_BINS - 1, int(each[0] * _BINS)), []).append(each)
    return tuple(
        CalibrationBin(
            step / _BINS,
            (step + 1) / _BINS,
            len(bins[step]),
            fsum(probability for probability, _ in bins[step]) / len(bins[step]),
            sum(outcome for _, outcome in bins[step]) / len(bins[step]),
        )
        for step in sorted(bins)
    )


def forecaster_scores(told: Iterable[Told]) -> tuple[ForecasterScore, ...]:
    """Every forecaster's score, those with the most resolved predictions first.

    A forecast of several people is one of each of them. Names that differ in case or spaces alone
    are one; an author's page and the commoner spelling are kept.
    """
    names: dict[str, Counter[Link]] = {}
    members: dict[str, list[Prediction]] = {}
    for each in told:
        keys = {_key(link.text): link for link in each.line.who}
        for key, link in keys.items():
            names.setdefault(key, Counter())[link] += 1
            members.setdefault(key, []).append(each.prediction)
    scores = [ForecasterScore(_best(names[key]), score(members[key])) for key in members]
    return tuple(
        sorted(scores, key=lambda each: (-each.score.resolved, -each.score.predictions,
                                         each.name.text.casefold(), each.name.text))
    )  # fmt: skip


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()


def _best(spellings: Counter[Link]) -> Link:
    return min(spellings, key=lambda link: (not link.url, -spellings[link], link.text, link.url))
