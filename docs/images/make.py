"""Draw the two pictures of the README anew: `python docs/images/make.py [DEMO_FOLDER] [--chromium PATH]`.

DEMO_FOLDER (default `demo`) is what `quoth demo` wrote.  Headless Chromium photographs copies of the brief and of the
timeline that show less: of the brief, the beginning of the first two questions; of the timeline, its first panels
and its key.  Nothing is redrawn or reworded.  Look at the pictures before they are committed.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent

BRIEF_STYLE = """<style>
  nav, footer, main > :not(section:nth-of-type(-n + 2)) { display: none !important }
  .relations > li:nth-child(n + 5) { display: none !important }
  body { padding-top: 1.5rem !important }
</style>"""

TIMELINE_PAGE = """<!doctype html><meta charset="utf-8"><style>
  body {{ margin: 0; background: #fff }}
  div {{ width: {width}px; background: url("{svg}") no-repeat; background-size: {width}px {height}px }}
</style>
<div style="height: {top}px"></div><div style="height: {key}px; background-position: 0 -{below}px"></div>"""

KEY = 95
"""Pixels of the timeline's foot that hold its axis and its key."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("demo"))
    parser.add_argument("--chromium", default="chromium")
    parser.add_argument("--brief-height", type=int, default=1935, help="where the brief is cut, in pixels")
    parser.add_argument("--timeline-height", type=int, default=523, help="how much of the timeline's top is shown")
    options = parser.parse_args()
    brief, svg = options.folder / "brief.html", options.folder / "timeline.svg"
    if not (brief.exists() and svg.exists()):
        print(f"{options.folder} holds no brief.html and timeline.svg; make them with: quoth demo", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "brief.html"
        page.write_text(brief.read_text(encoding="utf-8").replace("</head>", BRIEF_STYLE + "</head>"), encoding="utf-8")
        photograph(options.chromium, page, HERE / "brief.png", 900, options.brief_height)
        width, height = (
            round(float(n)) for n in re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg.read_text()).groups()
        )
        page = Path(folder) / "timeline.html"
        top = min(options.timeline_height, height - KEY)
        url = svg.resolve().as_uri()
        page.write_text(
            TIMELINE_PAGE.format(svg=url, width=width, height=height, top=top, key=KEY, below=height - KEY),
            encoding="utf-8",
        )
        photograph(options.chromium, page, HERE / "timeline.png", width, top + KEY)
    return 0


def photograph(chromium: str, page: Path, picture: Path, width: int, height: int) -> None:
    """A page as a PNG, by a browser that starts from nothing and asks nothing of the network."""
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--no-first-run", "--hide-scrollbars",
                f"--user-data-dir={profile}", f"--window-size={width},{height}", f"--screenshot={picture}",
                page.as_uri(),
            ],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
    print(picture)


if __name__ == "__main__":
    sys.exit(main())
