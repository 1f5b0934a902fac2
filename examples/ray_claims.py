"""A folder of JSON lines ({"id": ..., "text": ...}) to a table of claims in Parquet, with Ray Data on this machine.

    python -m pip install "casualty-extract[ray]"
    python examples/ray_claims.py FOLDER OUT

On a cluster, ``ray.init()`` joins it; every node needs the package with the extra.
"""

from __future__ import annotations

import sys

import ray

from casualty_extract.integrations.ray import extract_claims


def main(folder: str, out: str) -> None:
    """Read the texts, write the claims, print how many there are."""
    ray.init(include_dashboard=False)
    texts = ray.data.read_json(folder, lines=True)
    extract_claims(texts, "text", keys=["id"]).write_parquet(out)
    print(ray.data.read_parquet(out).count(), "claims")
    ray.shutdown()


if __name__ == "__main__":
    main(*sys.argv[1:])
