"""Fuzz the readers of bytes with atheris (libFuzzer), each for some seconds in a process of its own.

    python tests/fuzz/run.py [--seconds 30] [READER …]

The inputs in tests/fuzz/corpus/READER are where it begins; what crashes, hangs or takes too much memory is written to
tests/fuzz/found/READER-….  Make it small, put it into the corpus with a telling name, and mend what it shows: an
ordinary test replays the corpus.  The exit status is 1 where something was found.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
LONGEST = 20_000
"""Bytes of an input."""
SLOW = 20
"""Seconds for one input after which it counts as a hang."""
MEMORY = 2_000
"""Megabytes."""


def fuzz(reader: str, arguments: list[str]) -> None:
    """Does not return."""
    import atheris

    sys.path.insert(0, str(HERE))
    with atheris.instrument_imports(include=["quoth.acquire"]):
        from readers import READERS
    atheris.Setup(arguments, READERS[reader])
    atheris.Fuzz()


def main() -> None:
    parser = argparse.ArgumentParser(description="Fuzz the readers of bytes.")
    parser.add_argument("readers", nargs="*", metavar="READER")
    parser.add_argument("--seconds", type=int, default=30, help="for each reader")
    parser.add_argument("--only", help=argparse.SUPPRESS)
    known, rest = parser.parse_known_args()
    if known.only:
        fuzz(known.only, [sys.argv[0], *rest])
    sys.path.insert(0, str(HERE))
    from readers import READERS

    found = HERE / "found"
    found.mkdir(exist_ok=True)
    failed = []
    for reader in known.readers or sorted(READERS):
        seeds = HERE / "corpus" / reader
        with tempfile.TemporaryDirectory() as fresh:
            command = [
                sys.executable, __file__, "--only", reader, f"-max_total_time={known.seconds}", f"-timeout={SLOW}",
                f"-rss_limit_mb={MEMORY}", f"-max_len={LONGEST}", "-print_final_stats=1",
                f"-artifact_prefix={found}/{reader}-", fresh, *([str(seeds)] if seeds.is_dir() else []),
            ]  # fmt: skip
            done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
        runs = [line.rpartition(":")[2].strip() for line in done.stderr.splitlines() if "number_of_executed" in line]
        print(
            f"{reader}: {runs[0] if runs else '?'} inputs, {'something found' if done.returncode else 'nothing found'}"
        )
        if done.returncode:
            failed.append(reader)
            output = (done.stdout + done.stderr).splitlines()
            print("\n".join(line for line in output if line.strip())[-3_000:])
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
