"""Suggests hyperparameters in another library's way; runs in the anchors' environment.

Reads JSON lines and answers each with one: {"begin": LIBRARY, "seed": N, "ranges": [...]} starts a
tuning job, {"tell": NUMBER, "value": V} gives a suggestion's value, higher being better, {"ask": N}
is answered with the suggestion's values and the processor seconds that it took.
"""

from __future__ import annotations

import json
import os
import sys
import time
import warnings
from typing import Any

# One thread, as the search beside it; read when numpy and torch are imported.
for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = "1"
warnings.simplefilter("ignore")

Ranges = list[dict[str, Any]]
Values = dict[str, Any]


class Hebo:
    """HEBO as it comes. It knows nothing of running jobs: it draws from a Pareto front."""

    def __init__(self, ranges: Ranges, seed: int) -> None:
        import numpy
        import torch
        from hebo.design_space.design_space import DesignSpace
        from hebo.optimizers.hebo import HEBO

        numpy.random.seed(seed)
        torch.manual_seed(seed)
        kinds = {(True, True): "pow_int", (True, False): "int", (False, True): "pow"}
        parsed = [
            {
                "name": each["name"],
                "type": kinds.get((each["integer"], each["log"]), "num"),
                "lb": each["low"],
                "ub": each["high"],
            }
            for each in ranges
        ]
        self._search = HEBO(DesignSpace().parse(parsed), scramble_seed=seed)
        self._asked: dict[int, Any] = {}

    def ask(self, number: int) -> Values:
        self._asked[number] = self._search.suggest(n_suggestions=1)
        return {name: float(value) for name, value in self._asked[number].iloc[0].items()}

    def tell(self, number: int, value: float) -> None:
        import numpy

        self._search.observe(self._asked.pop(number), numpy.array([[-value]]))


class Smac:
    """SMAC3's facade for hyperparameters, a random forest with expected improvement."""

    def __init__(self, ranges: Ranges, seed: int) -> None:
        import tempfile
        from pathlib import Path

        from ConfigSpace import ConfigurationSpace, Float, Integer
        from smac import HyperparameterOptimizationFacade, Scenario

        space = ConfigurationSpace(seed=seed)
        for each in ranges:
            kind = Integer if each["integer"] else Float
            space.add(kind(each["name"], (each["low"], each["high"]), log=each["log"]))
        self._folder = tempfile.TemporaryDirectory()
        scenario = Scenario(
            space, deterministic=True, n_trials=50, seed=seed,
            output_directory=Path(self._folder.name),
        )  # fmt: skip
        self._search = HyperparameterOptimizationFacade(
            scenario, lambda config, seed=0: 0.0, overwrite=True, logging_level=40
        )
        self._asked: dict[int, Any] = {}

    def ask(self, number: int) -> Values:
        self._asked[number] = self._search.ask()
        return dict(self._asked[number].config)

    def tell(self, number: int, value: float) -> None:
        from smac.runhistory.dataclasses import TrialValue

        self._search.tell(self._asked.pop(number), TrialValue(cost=-value))


class BoTorch:
    """Six Sobol points, then SingleTaskGP and qLogExpectedImprovement with running jobs."""

    FIRST = 6

    def __init__(self, ranges: Ranges, seed: int) -> None:
        import torch

        torch.set_num_threads(1)
        torch.manual_seed(seed)
        self._ranges, self._values = ranges, list[float]()
        self._points: list[Any] = []
        self._asked: dict[int, Any] = {}
        self._sobol = torch.quasirandom.SobolEngine(len(ranges), scramble=True, seed=seed)

    def ask(self, number: int) -> Values:
        import torch

        enough = len(self._points) + len(self._asked) >= self.FIRST and len(self._points) >= 2
        point = self._best() if enough else self._sobol.draw(1, dtype=torch.float64)[0]
        values = {
            each["name"]: _value(each, u.item())
            for each, u in zip(self._ranges, point, strict=True)
        }
        coordinates = [_coordinate(each, values[each["name"]]) for each in self._ranges]
        self._asked[number] = torch.tensor(coordinates, dtype=torch.float64)
        return values

    def _best(self) -> Any:
        import torch
        from botorch.acquisition import qLogExpectedImprovement
        from botorch.fit import fit_gpytorch_mll
        from botorch.models import SingleTaskGP
        from botorch.optim import optimize_acqf
        from gpytorch.mlls import ExactMarginalLogLikelihood

        values = torch.tensor(self._values, dtype=torch.float64).unsqueeze(-1)
        model = SingleTaskGP(torch.stack(self._points), values)
        fit_gpytorch_mll(ExactMarginalLogLikelihood(model.likelihood, model))
        pending = torch.stack(list(self._asked.values())) if self._asked else None
        improvement = qLogExpectedImprovement(model, best_f=values.max(), X_pending=pending)
        size = len(self._ranges)
        bounds = torch.stack([torch.zeros(size), torch.ones(size)]).to(torch.float64)
        found, _ = optimize_acqf(improvement, bounds, q=1, num_restarts=8, raw_samples=256)
        return found[0]

    def tell(self, number: int, value: float) -> None:
        self._points.append(self._asked.pop(number))
        self._values.append(value)


class OptunaGP:
    """Optuna's GPSampler as it comes."""

    def __init__(self, ranges: Ranges, seed: int) -> None:
        import optuna
        import torch

        torch.set_num_threads(1)
        optuna.logging.set_verbosity(optuna.logging.ERROR)
        kinds = {True: optuna.distributions.IntDistribution}
        self._space: dict[str, Any] = {
            each["name"]: kinds.get(each["integer"], optuna.distributions.FloatDistribution)(
                each["low"], each["high"], log=each["log"]
            )
            for each in ranges
        }
        sampler = optuna.samplers.GPSampler(seed=seed)
        self._study = optuna.create_study(direction="maximize", sampler=sampler)

    def ask(self, number: int) -> Values:
        return dict(self._study.ask(self._space).params)

    def tell(self, number: int, value: float) -> None:
        self._study.tell(number, value)


LIBRARIES = {"HEBO": Hebo, "SMAC3": Smac, "BoTorch": BoTorch, "Optuna GP": OptunaGP}


def _value(each: dict[str, Any], coordinate: float) -> float:
    import math

    low, high = each["low"], each["high"]
    if each["log"]:
        value = math.exp(math.log(low) + coordinate * (math.log(high) - math.log(low)))
    else:
        value = low + coordinate * (high - low)
    return round(value) if each["integer"] else min(max(value, low), high)


def _coordinate(each: dict[str, Any], value: float) -> float:
    import math

    low, high = each["low"], each["high"]
    if each["log"]:
        return float(math.log(value / low) / math.log(high / low))
    return float((value - low) / (high - low))


def main() -> None:
    answers, sys.stdout = sys.stdout, sys.stderr  # what libraries print is no answer
    search: Any = None
    for line in sys.stdin:
        asked, began = json.loads(line), time.process_time()
        answer: dict[str, Any] = {}
        if "begin" in asked:
            search = LIBRARIES[asked["begin"]](asked["ranges"], asked["seed"])
        elif "tell" in asked:
            search.tell(asked["tell"], asked["value"])
        else:
            answer["values"] = search.ask(asked["ask"])
        answer["seconds"] = time.process_time() - began
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main()
