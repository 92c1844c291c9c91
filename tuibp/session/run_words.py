"""What sets runs apart, in a few words: network, settings, start."""

from __future__ import annotations

from collections.abc import Sequence

from tuibp.core.optimisers import OPTIMISERS
from tuibp.core.training import Training
from tuibp.locale import _
from tuibp.session.kept_runs import KeptRun

SYMBOLS = {"momentum": "μ", "rho": "ρ", "beta1": "β₁", "beta2": "β₂", "epsilon": "ε"}


def differences(runs: Sequence[KeptRun]) -> list[str]:
    """Of each run what not all have in common; where that is nothing, its learning rate."""
    facts = [facts_of(run) for run in runs]
    names = [name for name in facts[0] if any(f[name] != facts[0][name] for f in facts)] if facts else []
    return [" · ".join(text for name in names or ["eta"] if (text := fact[name])) for fact in facts]


def facts_of(run: KeptRun) -> dict[str, str]:
    """By name, each as it is said; empty where it is as usual. η stands with what it was before it was changed."""
    network, settings, initial = run.preset.network, run.settings, run.initial
    rates = list(dict.fromkeys(f"{section.settings.eta:g}" for section in run.sections))
    constants = OPTIMISERS[settings.optimiser].constants
    usual = Training()
    facts = {
        "name": run.preset.name,
        "sizes": "·".join(map(str, network.sizes)),
        "activations": " ".join(dict.fromkeys(network.activations)),
        "cost": network.cost.replace("_", "-"),
        "eta": "η " + "→".join(rates[-3:]),
        "optimiser": OPTIMISERS[settings.optimiser].title,
        "batch_size": f"m {settings.batch_size}",
        "l2": f"λ {settings.l2:g}" if settings.l2 else "",
        "schedule": "" if settings.schedule == "constant" else settings.schedule,
        "biases": "" if settings.train_biases else _("biases fixed"),
        "order": "" if settings.shuffle else _("in order"),
        "init": "" if initial is None else initial.scheme,
        "seed": "" if initial is None else _("seed {n}").format(n=initial.seed),
    }
    for name, symbol in SYMBOLS.items():
        value = getattr(settings, name)
        said = name in constants and value != getattr(usual, name)
        facts[name] = f"{symbol} {value:g}" if said else ""
    return facts


def described(run: KeptRun) -> str:
    """All of its settings in a line, what is as usual left out."""
    facts = facts_of(run)
    shown = [name for name in facts if name not in ("name", "sizes", "activations", "cost", "seed", "init")]
    if run.settings.optimiser == "sgd":
        shown.remove("optimiser")
    return " · ".join(facts[name] for name in [*shown, "init", "seed"] if facts[name])
