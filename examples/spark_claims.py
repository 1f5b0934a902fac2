"""A folder of JSON lines ({"id": ..., "text": ...}) to a table of claims in Parquet, with Spark on this machine.

    python -m pip install "casualty-extract[spark]"      # and Java 17
    python examples/spark_claims.py FOLDER OUT

On a cluster, leave out ``master``; every executor needs the package with the extra.
"""

from __future__ import annotations

import os
import sys

from pyspark.sql import SparkSession

from casualty_extract.integrations.spark import extract_claims


def main(folder: str, out: str) -> None:
    """Read the texts, write the claims, print how many there are of each harm."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    spark = builder.config("spark.sql.shuffle.partitions", "4").getOrCreate()
    texts = spark.read.schema("id string, text string").json(folder)
    extract_claims(texts, "text", keys=["id"]).write.mode("overwrite").parquet(out)
    spark.read.parquet(out).groupBy("harm").count().orderBy("harm").show()
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
