"""A run that is killed leaves whole documents or nothing; the next one goes on from there."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

from quoth.ledger import open_ledger

WRITER = """
import dataclasses, hashlib, sys
from quoth.evidence import identified
from quoth.identity import content_id
from quoth.ledger import open_ledger
from quoth.model import Agent, Block, BlockKind, Document, Mention, Reading, Span, Statement

def story(i):
    text = " ".join(f"Speaker {i}-{j} said that ferry {j} was late." for j in range(40))
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    blocks = (Block(Span(0, len(text)), BlockKind.PARAGRAPH),)
    document = Document(id=content_id("document", sha256), sha256=sha256, text=text, blocks=blocks)
    statements = []
    for j in range(40):
        start = text.index(f"Speaker {i}-{j} ")
        source = Span(start, start + len(f"Speaker {i}-{j}"))
        begin = text.index("that", source.end) + 5
        content = Span(begin, text.index(".", begin))
        statements.append(identified(Statement(
            id="", document_id=document.id, source=Agent.of(text, source, name=source.words(text)),
            content=Mention.of(text, content), context=Span(0, len(text)), pattern="by hand")))
    return document, Reading(document_id=document.id, reader="by-hand/1", statements=tuple(statements))

new = 0
with open_ledger(sys.argv[1]) as ledger:
    for i in range(int(sys.argv[2])):
        new += ledger.add(*story(i))
        print(i, flush=True)
print("new", new)
"""


def write(path, count):
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), str(count)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
        text=True,
    )


def test_a_killed_run_leaves_whole_documents_and_resumes(tmp_path):
    path = tmp_path / "case.db"
    writer = write(path, 100_000)
    assert writer.stdout is not None
    for line in writer.stdout:
        if int(line) >= 5:
            time.sleep(0.013)
            break
    writer.send_signal(signal.SIGKILL)
    assert writer.wait() == -signal.SIGKILL
    writer.stdout.close()

    with open_ledger(path) as ledger:
        counts = ledger.counts()
        assert list(ledger.verify()) == []
        assert counts.documents >= 6
        assert counts.unread == 0
        assert counts.readings == counts.documents
        assert counts.statements == 40 * counts.documents

    total = counts.documents + 3
    output, _ = write(path, total).communicate()
    assert output.splitlines()[-1] == "new 3"
    with open_ledger(path) as ledger:
        assert ledger.counts().documents == total
        assert list(ledger.verify()) == []
