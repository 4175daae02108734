"""Whom a description, a possessor or a pronoun means in invented articles: firms, ranks, offices, speakers."""

from __future__ import annotations

import pytest
from naming import agent  # type: ignore[import-not-found]

from quoth.model import AgentKind

PERSON, ORGANIZATION, GROUP, DOCUMENT, ANONYMOUS = (
    AgentKind.PERSON, AgentKind.ORGANIZATION, AgentKind.GROUP, AgentKind.DOCUMENT, AgentKind.ANONYMOUS,
)  # fmt: skip

FLOTILLA = (
    "Ten cadets left for Norvik on Friday, Commodore Ruta Simonaitis told the Coast Post. “We are eager,” she said. "
    "Letters from Norvik arrive weekly. Asked about costs, the commodore had no figures."
)
TRIAL = (
    "Pere Gasull, who represents Luis Moreno, called the memo a fake. “It proves nothing,” the lawyer said. "
    "Prosecutor Ines Calvo said that Gasull had asked for a review. She did not say when. "
    "Prat said that the hearing had shown nothing but the greed of a false witness. He also accused the police."
)
DEAL = (
    "German boatmaker Kranwerk is in talks to buy its French rival Latour. The boatmaker gave no price. "
    "The French company said it knew of none. Kranwerk expects to complete its acquisition of Latour in May, "
    "it said on Friday. Previously, the company had forecast a closing in March."
)
BASED = (
    "Duisburg-based Kranwerk denied that it would buy French boatmaker Latour. “There are no talks,” "
    "the Duisburg-based company said. The crane maker, Helsinki-based Nostar, was silent. It then denied the report."
)
OFFICES = (
    "Foreign Minister Teodor Vash spoke in Tarn. The foreign minister’s office denied that Vash had called for war. "
    "A spokeswoman for the mayor’s office agreed. Nostar’s lawyer said the claim was false."
)
SOURCES = (
    "Leaked court papers showed that the firm knew. They also hinted at bribes. According to a judicial source, Moreno "
    "had offered to plead guilty. The baker, Nneka Oyelaran, saw it. A resident, Priscilla Munro, did not."
)
KOREA = (
    "South Korean President Moon Jae-in dismissed it. Kim Jong-un did not. Mr Moon left. Americans protested. "
    "The militant group Sahan claimed it. Otto Wend, a venture capitalist, was hurt."
)
KIN = (
    "His brother, Eric Dunn, spoke up. Stephen Dunn’s father was in prison. The brother said he knew nothing. "
    "UN Secretary-General António Serra met Russian President Boris Volin. The UN leader condemned it."
)
JOINT = "Lena Fischer and Otto Wend agreed on Monday. They said in a joint letter that it was over."
SPEECH = "Rabbi Jacob Lusk spoke in Haifa. “Mitchell Wice was a good man,” he said. Lusk wept."

SCREEN = (
    "Jesse Pleming read it first. Meanwhile, when Martin Haynes was sent the script, the first pages had him worried. "
    "Haynes noted the cost. President Park Geun-hye of South Korea left. Earlier, the president of South Korea sang. "
    "The rabbis wept."
)


@pytest.mark.parametrize(
    ("text", "marked", "name", "kind"),
    [
        (FLOTILLA, "” *she", "Ruta Simonaitis", PERSON),
        (FLOTILLA, "the *commodore", "Ruta Simonaitis", PERSON),
        (TRIAL, "the *lawyer", "Pere Gasull", PERSON),
        (TRIAL, "*She", "Ines Calvo", PERSON),
        (TRIAL, "*He", "Prat", PERSON),
        (DEAL, "The *boatmaker", "Kranwerk", ORGANIZATION),
        (DEAL, "The French *company", "Latour", ORGANIZATION),
        (DEAL, "May, *it", "Kranwerk", ORGANIZATION),
        (DEAL, "the *company", "Kranwerk", ORGANIZATION),
        (BASED, "the Duisburg-based *company", "Kranwerk", ORGANIZATION),
        (BASED, "silent. *It", "Nostar", ORGANIZATION),
        (OFFICES, "minister’s *office", "foreign minister’s office", ORGANIZATION),
        (OFFICES, "A *spokeswoman", "mayor’s office", ORGANIZATION),
        (OFFICES, "Nostar’s *lawyer", "lawyer for Nostar", ANONYMOUS),
        (SOURCES, "*They", "Leaked court papers", DOCUMENT),
        (SOURCES, "judicial *source", "judicial source", ANONYMOUS),
        (SOURCES, "The *baker", "Nneka Oyelaran", PERSON),
        (SOURCES, "A *resident", "Priscilla Munro", PERSON),
        (KOREA, "Mr *Moon", "Moon Jae-in", PERSON),
        (KOREA, "*Kim", "Kim Jong-un", PERSON),
        (KOREA, "*Americans", "Americans", GROUP),
        (KOREA, "*Sahan", "Sahan", ORGANIZATION),
        (KOREA, "Otto *Wend", "Otto Wend", PERSON),
        (KIN, "Dunn’s *father", "father", ANONYMOUS),
        (KIN, "The *brother", "Eric Dunn", PERSON),
        (KIN, "The UN *leader", "UN leader", PERSON),
        (JOINT, "*They", "Lena Fischer and Otto Wend", GROUP),
        (SCREEN, "had *him", "Martin Haynes", PERSON),
        (SCREEN, "Earlier, the *president", "Park Geun-hye", PERSON),
        (SCREEN, "The *rabbis", "rabbis", GROUP),
        (SPEECH, "” *he", "Jacob Lusk", PERSON),
    ],
)
def test_who_is_described(text: str, marked: str, name: str, kind: AgentKind) -> None:
    found = agent(text, marked)
    assert (found.name, found.kind) == (name, kind)
