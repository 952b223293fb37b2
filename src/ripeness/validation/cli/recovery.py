"""`ripeness councils recover`: is the power behind simulated choices found again?"""

from __future__ import annotations

from typing import Annotated

import typer

from ripeness.cli.output import say_json


def recover(
    polities: Annotated[int, typer.Option("--polities", help="Simulated polities, of 3 to 8 factions in turn.")] = 48,
    choices: Annotated[int, typer.Option("--choices", help="Choices of each.")] = 20,
    options: Annotated[int, typer.Option("--options", help="Options of a choice, at most one a faction.")] = 3,
    positions_alone: Annotated[
        bool,
        typer.Option("--positions-alone", help="Which option a faction stood behind is not on record."),
    ] = False,
    leader_known: Annotated[
        bool,
        typer.Option("--leader-known", help="It is known how often a choice follows the leader."),
    ] = False,
    particles: Annotated[int, typer.Option("--particles", help="Particles of each of two runs of the sampler.")] = 400,
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same numbers.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Simulate polities by the model of `infer` and say how often the strongest faction is found again.

    ripeness councils recover --polities 24
    """
    from ripeness.show.terminal import Terminal
    from ripeness.validation.verbs.recovery import recover_power
    from ripeness.world.fault import ArgumentFault

    try:
        answer = recover_power(
            polities=polities,
            choices=choices,
            options=options,
            wanted=not positions_alone,
            leader_known=leader_known,
            particles=particles,
            seed=seed,
        )
    except ArgumentFault as fault:
        raise fault.as_flags() from None
    if as_json:
        say_json(answer.plain(), indent=None)
        return
    Terminal().print(answer.layout())
