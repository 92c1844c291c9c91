"""`tuibp presets`: what there is to open."""

from __future__ import annotations

import argparse

from tuibp.locale import _

SUMMARY = _("list the presets: name, sizes, one line each")
EXAMPLE = "tuibp presets"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from tuibp.headless.arguments import add_json

    add_json(parser)


def run(args: argparse.Namespace) -> int:
    from tuibp.files import summaries
    from tuibp.headless.output import print_json, say

    found = summaries()
    if args.json:
        print_json(
            {
                "presets": [
                    {
                        "name": s.name,
                        "title": s.title,
                        "about": s.about,
                        "sizes": s.sizes,
                        "activations": s.activations,
                        "cost": s.cost,
                        "parameters": s.parameters,
                    }
                    for s in found
                ]
            }
        )
        return 0
    sizes = {s.name: "·".join(map(str, s.sizes)) for s in found}
    left, middle = max(map(len, sizes)), max(map(len, sizes.values()))
    for s in found:
        say(f"{s.name:{left}}  {sizes[s.name]:>{middle}}  {s.title}")
    return 0
