"""Fuzzes one target by coverage with atheris: ``python fuzz/run.py text -max_total_time=600``.

Needs atheris (https://pypi.org/project/atheris/). Options behind the target are libFuzzer's. What is found lies as
``crash-*`` in the folder where it ran: put it under ``fuzz/findings/TARGET/`` with a telling name, where the tests keep
it, and mend the cause. The corpus grows in ``.fuzz/TARGET`` and is not committed.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

ROOT = Path(__file__).parent
with atheris.instrument_imports(include=["casualty_extract"]):
    sys.path.insert(0, str(ROOT.parent))
    import targets

    import casualty_extract
    from casualty_extract import assembly, output, pipeline, record  # noqa: F401  # what loads later is to be seen too

    casualty_extract.extract("Nine people were killed, police said.")


def main() -> None:
    """Runs the target of the first argument; libFuzzer reads the others."""
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in targets.TARGETS:
        sys.exit(f"usage: python fuzz/run.py {{{','.join(targets.TARGETS)}}} [libFuzzer options]")
    corpus = Path(".fuzz") / name
    corpus.mkdir(parents=True, exist_ok=True)
    folders = [str(f) for f in (corpus, ROOT / "seeds" / name, ROOT / "findings" / name) if f.is_dir()]
    words = [f"-dict={ROOT / f'{name}.dict'}"] if (ROOT / f"{name}.dict").exists() else []
    atheris.Setup([sys.argv[0], *folders, *words, *sys.argv[2:]], targets.TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
