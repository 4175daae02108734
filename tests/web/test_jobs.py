"""Jobs: programs of their own that add to a case, are told of, stopped, and survived when they break."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import quoth
from quoth.acquire.sent import Sent
from quoth.errors import NotFound
from quoth.web import jobs as module
from quoth.web.jobs import Job, Jobs, NothingToAdd, Order, State, TooManyJobs

STORY = "Minister Ana Dorn said on Tuesday that {} ferries will be delivered to Port Vell by the end of 2031.\n"


@pytest.fixture
def woken() -> list[None]:
    return []


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def jobs(tmp_path: Path, woken: list[None], told: list[str]) -> Iterator[Jobs]:
    path = str(tmp_path / "case.db")
    found = Jobs(path, profile="rules", wake=lambda: woken.append(None), tell=told.append)
    yield found
    found.close()


def order(jobs: Jobs, **files: str) -> Order:
    folder = jobs.new_folder()
    sent = []
    for number, (name, text) in enumerate(files.items()):
        path = folder / f"{number:04}"
        path.write_text(text, encoding="utf-8")
        sent.append(Sent(path, name.replace("_", ".")))
    return Order(sent=sent, folder=folder)


def until(true: Callable[[], bool], seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.02)


def over(job: Job) -> Job:
    until(lambda: job.is_over)
    return job


def test_a_job_reads_in_as_many_processes_as_it_may(tmp_path: Path) -> None:
    ways = {}
    for processes in (1, 2):
        path = tmp_path / f"{processes}.db"
        jobs = Jobs(str(path), profile="rules", processes=processes, cache=False)
        texts = {f"{n}_txt": f"Mayor Ilse Brandt said on Monday that {n} ferries had left." for n in range(4)}
        job = over(jobs.start(order(jobs, **texts), "Ada"))
        jobs.close()
        assert (job.state, job.statements) == (State.DONE, 4), job.problem
        with quoth.open(path) as case:
            ways[processes] = list(case.ledger.statements())
    assert ways[1] == ways[2]


def test_jobs_add_and_tell_of_each(jobs: Jobs, tmp_path: Path, woken: list[None]) -> None:
    made = order(jobs, a_txt=STORY.format(12), b_txt=STORY.format(9), c_docx="x", d_txt="")
    job = over(jobs.start(made, "ana"))
    assert job.state is State.DONE
    assert [(e["where"], e["outcome"]) for e in job.events if e["event"] == "item"] == [
        ("c.docx", "failed"),
        ("d.txt", "failed"),
        ("a.txt", "new"),
        ("b.txt", "new"),
    ]
    assert job.events[0]["error"]["what"] == ".docx files are not read"
    assert (job.total, job.done, job.counts["new"], job.counts["failed"]) == (4, 4, 2, 2)
    assert job.statements >= 2
    assert woken
    with quoth.open(tmp_path / "case.db") as case:
        assert {document.file for document in case.documents()} == {"a.txt", "b.txt"}
    again = over(jobs.start(order(jobs, a_txt=STORY.format(12)), "ana"))
    assert again.counts == {"already there": 1}
    assert jobs.all() == (again, job)


def test_jobs_delete_what_was_sent(jobs: Jobs) -> None:
    made = order(jobs, a_txt=STORY.format(1))
    assert made.folder is not None
    assert made.folder.stat().st_mode & 0o077 == made.folder.parent.stat().st_mode & 0o077 == 0
    over(jobs.start(made, "ana"))
    assert not made.folder.exists()
    root = made.folder.parent
    jobs.close()
    assert not root.exists()


def test_jobs_a_side_file_tells_of_the_others(jobs: Jobs, tmp_path: Path) -> None:
    side = '[{"file": "a.txt", "outlet": "The Courier", "published": "2031-03-04"}, {"file": 3}]'
    job = over(jobs.start(order(jobs, a_txt=STORY.format(12), documents_json=side), "ana"))
    assert job.total == 1
    assert job.counts == {"new": 1, "failed": 1}
    with quoth.open(tmp_path / "case.db") as case:
        (document,) = case.documents()
    assert (document.outlet, str(document.published)) == ("The Courier", "2031-03-04")


def test_jobs_what_is_known_and_cannot_be(jobs: Jobs) -> None:
    assert order(jobs, a_txt="x", documents_json="[]").total == 1
    for name in ("a_jsonl", "a_csv", "a_mbox", "a_warc.gz", "a_json"):
        assert order(jobs, **{name: "x"}).total is None, name
    assert Order(addresses=["https://a.example/"]).total is None
    with pytest.raises(NothingToAdd):
        jobs.start(Order(), "ana")
    with pytest.raises(NotFound):
        jobs.job("nowhere")


def test_jobs_only_files_that_were_left_out(jobs: Jobs) -> None:
    job = jobs.start(Order(left_out=[("big.txt", "it is larger than 100 MB")]), "ana")
    assert job.state is State.DONE
    assert job.counts == {"failed": 1}
    assert job.title == "big.txt"


def test_jobs_private_addresses_are_refused(jobs: Jobs) -> None:
    addresses = ["http://127.0.0.1:8000/", "http://localhost/", "http://[::1]/", "http://169.254.169.254/latest/"]
    job = over(jobs.start(Order(addresses=addresses), "ana"))
    assert job.counts["failed"] == 4
    assert {event["error"]["code"] for event in job.events if event["event"] == "item"} == {"Q111"}


@pytest.mark.parametrize("address", ["/etc/passwd", "file:///etc/passwd", "-", "../case.db"])
def test_jobs_read_no_file_of_the_server(jobs: Jobs, tmp_path: Path, address: str) -> None:
    """Also if the page that takes addresses let one through."""
    job = over(jobs.start(Order(addresses=[address]), "ana"))
    assert job.counts["new"] == job.counts["read again"] == 0
    assert not (tmp_path / "case.db").exists()


def held(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str) -> None:
    """Another program in place of the one that reads."""
    folder = tmp_path / "program"
    (folder / "standing").mkdir(parents=True)
    (folder / "standing" / "__init__.py").write_text("")
    (folder / "standing" / "reading.py").write_text(text)
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setattr(module, "PROGRAM", "standing.reading")


ITEM = '{"event": "item", "where": "a", "outcome": "new", "statements": 1}'
SLEEPS = f"""
import sys, time
sys.stdin.readline()
print('{ITEM}', flush=True)
time.sleep(600)
"""


def test_jobs_stopped(jobs: Jobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held(monkeypatch, tmp_path, SLEEPS)
    job = jobs.start(order(jobs, a_txt="x"), "ana")
    until(lambda: job.counts["new"] == 1)
    jobs.stop(job.id)
    over(job)
    assert (job.state, job.problem, job.counts["new"]) == (State.STOPPED, None, 1)
    jobs.stop(job.id)
    assert job.state is State.STOPPED


def test_jobs_stopped_that_do_not_want_to(jobs: Jobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.3)
    held(monkeypatch, tmp_path, "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + SLEEPS)
    job = jobs.start(order(jobs, a_txt="x"), "ana")
    until(lambda: job.counts["new"] == 1)
    jobs.stop(job.id)
    assert over(job).state is State.STOPPED


def test_jobs_broken_off_say_so_and_the_next_one_goes_on(
    jobs: Jobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: list[str]
) -> None:
    held(
        monkeypatch,
        tmp_path,
        "import os, sys\nprint('\\x1b]0;boom', file=sys.stderr, flush=True)\nos.kill(os.getpid(), 11)\n",
    )
    job = over(jobs.start(order(jobs, a_txt="x"), "ana"))
    assert job.state is State.BROKEN
    assert job.problem is not None
    assert "signal 11" in str(job.problem["what"])
    assert "boom" in told[0]
    assert "\x1b" not in told[0]
    monkeypatch.undo()
    assert over(jobs.start(order(jobs, a_txt=STORY.format(1)), "ana")).state is State.DONE


def test_jobs_a_case_that_cannot_be_written_is_told(jobs: Jobs, tmp_path: Path) -> None:
    (tmp_path / "case.db").write_text("no case at all, but a text of some length" * 50)
    job = over(jobs.start(order(jobs, a_txt=STORY.format(1)), "ana"))
    assert job.state is State.BROKEN
    assert job.problem is not None
    assert job.problem["code"] == "Q300"


@pytest.mark.parametrize(
    "line", ["no json", "[]", "3", "{}", '{"event": "item"}', '{"event": "item", "statements": "x"}', "null"]
)
def test_jobs_lines_that_are_none_are_passed_over(
    jobs: Jobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    held(monkeypatch, tmp_path, f"import sys\nsys.stdin.readline()\nprint({line!r})\nprint({ITEM!r})\n")
    job = over(jobs.start(order(jobs, a_txt="x"), "ana"))
    assert job.state is State.DONE
    assert job.counts["new"] == 1


def test_jobs_wait_for_their_turn(jobs: Jobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held(monkeypatch, tmp_path, SLEEPS)
    monkeypatch.setattr(module, "WAITING", 2)
    started = [jobs.start(order(jobs, a_txt="x"), "ana") for _ in range(4)]
    until(lambda: all(job.counts["new"] for job in started[:2]))
    assert [job.state for job in started] == [State.RUNNING, State.RUNNING, State.WAITING, State.WAITING]
    with pytest.raises(TooManyJobs):
        jobs.start(order(jobs, a_txt="x"), "ana")
    jobs.stop(started[3].id)
    assert started[3].state is State.STOPPED
    jobs.stop(started[0].id)
    until(lambda: started[2].state is State.RUNNING)


def test_jobs_run_no_code_that_lies_about(
    jobs: Jobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: list[str]
) -> None:
    """A folder from somebody else may hold a json.py."""
    (tmp_path / "json.py").write_text("raise SystemExit('this is a stranger's')")
    monkeypatch.chdir(tmp_path)
    job = over(jobs.start(order(jobs, a_txt=STORY.format(1)), "ana"))
    assert (job.state, told) == (State.DONE, [])


def test_jobs_end_with_the_server(jobs: Jobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held(monkeypatch, tmp_path, SLEEPS)
    job = jobs.start(order(jobs, a_txt="x"), "ana")
    waiting = [jobs.start(order(jobs, a_txt="x"), "ana") for _ in range(2)]
    until(lambda: job.counts["new"] == 1)
    jobs.close()
    assert job.state is State.STOPPED
    assert job.process is not None
    assert job.process.poll() is not None
    assert waiting[-1].state is not State.RUNNING
    with pytest.raises(TooManyJobs):
        jobs.start(Order(addresses=["https://a.example"]), "ana")


def test_jobs_program_does_not_outlive_a_server_that_was_killed(tmp_path: Path) -> None:
    import subprocess
    import sys

    process = subprocess.Popen(
        [sys.executable, "-m", "quoth.web.reading"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin is not None
    process.stdin.write(b'{"case": "x", "sent": [], "addresses": ["http://192.0.2.1/"]')
    process.stdin.close()
    assert process.wait(30) != 0


def test_jobs_program_ends_cleanly_in_the_midst(jobs: Jobs, tmp_path: Path) -> None:
    """What was written down when it is stopped is whole."""
    files = {f"f{n}_txt": STORY.format(n) * 20 for n in range(1, 60)}
    job = jobs.start(order(jobs, **files), "ana")
    until(lambda: job.counts["new"] > 0)
    jobs.stop(job.id)
    over(job)
    with quoth.open(tmp_path / "case.db") as case:
        assert sum(1 for _ in case.documents()) >= job.counts["new"]
        assert list(case.verify()) == []


def test_jobs_tell_so_many_and_count_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_TOLD", 3)
    job = Job(Order(addresses=["https://a.example"]), "ana")
    for _ in range(10):
        job.note({"event": "item", "where": "a", "outcome": "new", "statements": 2})
    assert (len(job.events), job.untold, job.counts["new"], job.statements) == (3, 7, 10, 20)


def test_jobs_old_ones_are_forgotten(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "HELD", 3)
    made = [jobs.start(Order(left_out=[("a", "b")]), "ana") for _ in range(6)]
    assert [job.id for job in jobs.all()] == [job.id for job in reversed(made[-3:])]
