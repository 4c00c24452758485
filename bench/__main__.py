"""`make bench`: prints a table. Figures of this machine at this moment; compare runs on one machine only."""

import asyncio
import sys

from bench.figures import FIGURES, Figure


async def main() -> bool:
    """Measure everything, one after another. True if every figure is within its bound."""
    found: list[Figure] = []
    for measure in FIGURES:
        print(f"measuring: {(measure.__doc__ or '').strip()}", file=sys.stderr)
        found += await measure()
    print(f"\n{'':2} {'figure':58} {'measured':>12}   bound")
    for figure in found:
        mark = "ok" if figure.kept else "NO"
        print(f"{mark:2} {figure.what:58} {figure.value:8.2f} {figure.unit:3}   {figure.bound:g} {figure.unit}")
    return all(figure.kept for figure in found)


sys.exit(0 if asyncio.run(main()) else 1)
