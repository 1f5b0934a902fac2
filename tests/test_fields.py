"""What the case notation cannot hold: victims, sources, circumstances, relations, flags, doubts and tolls."""

from __future__ import annotations

import re
from typing import Any

import pytest

from casualty_extract import Claim, Report, Toll, extract, model
from casualty_extract.review import REASONS


def claim_of(text: str, index: int = 0) -> Claim:
    claims = extract(text).claims
    assert len(claims) > index, f"only {len(claims)} claims: {[(c.count.text, c.harm) for c in claims]}"
    return claims[index]


# text, attributes of the first claim's victims, their affiliation, their unit
VICTIMS = [
    ("Twelve women and children were killed.", "woman_or_child", None, "person"),
    ("Four girls were killed.", "child woman", None, "person"),
    ("Nine elderly women died in the fire.", "elderly woman", None, "person"),
    ("Two pregnant women were killed.", "woman", None, "person"),
    ("Six suspected IS militants were killed.", "suspected", "IS", "person"),
    ("Nine Palestinian journalists were killed.", "journalist", "Palestinian", "person"),
    ("Four aid workers were abducted and executed.", "aid_worker", None, "person"),
    ("Nine foreign tourists were killed on the ferry.", "foreigner", None, "person"),
    ("Four Islamic State leaders were killed.", "leader", "Islamic State", "person"),
    ("Nine Syrian regime soldiers were killed.", "", "Syrian regime", "person"),
    ("Five Hezbollah fighters were killed.", "", "Hezbollah", "person"),
    ("Five members of Hamas were killed.", "", "Hamas", "person"),
    ("Two suicide bombers died in the attack.", "attacker", None, "person"),
    ("Nine people, including two children, were killed.", "", None, "person"),
    ("Nine people, all of them women, were killed.", "woman", None, "person"),
    ("Five members of the Orlan family were killed.", "family", None, "person"),
    ("The flood has displaced 900 families.", "family", None, "family"),
    ("Some 40 households were displaced by the fire.", "family", None, "household"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "attributes", "affiliation", "unit"), VICTIMS)
def test_victims(text: str, attributes: str, affiliation: str | None, unit: str) -> None:
    victims = claim_of(text).victims
    assert (" ".join(sorted(victims.attributes)), victims.affiliation, victims.unit) == (attributes, affiliation, unit)


PLAIN_ATTRIBUTES = {
    "students": "student", "factory workers": "worker", "refugees": "refugee", "protesters": "protester",
    "prisoners": "prisoner", "hostages": "hostage", "officials": "official", "relatives": "family",
    "nurses": "medic", "reporters": "journalist", "people": "", "villagers": "", "soldiers": "", "policemen": "",
}  # fmt: skip


@pytest.mark.parametrize(("noun", "attribute"), PLAIN_ATTRIBUTES.items())
def test_attribute_of_a_noun(noun: str, attribute: str) -> None:
    found = set(claim_of(f"Nine {noun} were killed in the blast.").victims.attributes) - {"man"}
    assert found == set(attribute.split())


# the source of "Nine people were killed, … said.": type, name, body
SOURCES = [
    ("the health ministry", "government", "health ministry", None),
    ("the army", "military", "army", None),
    ("police", "security", "police", None),
    ("the rebels", "armed_group", "rebels", None),
    ("the opposition", "opposition", "opposition", None),
    ("a human rights group", "monitor", "human rights group", None),
    ("the UN", "intergovernmental", "United Nations", None),
    ("the hospital", "medical", "hospital", None),
    ("firefighters", "rescue", "firefighters", None),
    ("state television", "media", "state television", None),
    ("residents", "witness", "residents", None),
    ("the court", "court", "court", None),
    ("the mining company", "company", "mining company", None),
    ("analysts", "expert", "analysts", None),
    ("officials", "unnamed", "officials", None),
    ("army spokesman Karl Bren", "military", "Karl Bren", "army"),
    ("police chief Karl Bren", "security", "Karl Bren", "police"),
    ("a spokesman for the health ministry", "government", None, "health ministry"),
    ("Karl Bren, director of the Harl hospital,", "medical", "Karl Bren", "Harl hospital"),
    ("Karl Bren, a spokesman for the Harl fire service,", "rescue", "Karl Bren", "Harl fire service"),
    ("Karl Bren of the Syrian Observatory for Human Rights", "monitor", "Karl Bren",
     "Syrian Observatory for Human Rights"),
]  # fmt: skip


def bare(name: str | None) -> str | None:
    return name and re.sub(r"^(?:the|an?) ", "", name, flags=re.IGNORECASE)


@pytest.mark.parametrize(("source", "kind", "name"), [row[:3] for row in SOURCES])
def test_source(source: str, kind: str, name: str | None) -> None:
    found = claim_of(f"Nine people were killed, {source} said.").attribution
    assert [(s.type, s.cue and s.cue.text) for s in found] == [(kind, "said")]
    assert name in (None, bare(found[0].name))


@pytest.mark.parametrize(("source", "body"), [(row[0], row[3]) for row in SOURCES])
def test_body(source: str, body: str | None) -> None:
    found = claim_of(f"Nine people were killed, {source} said.").attribution
    assert [bare(s.body) for s in found] == [body]


# text, each link of the first claim: its text, type and cue
CHAINS = [
    ("The governor told AFP that nine people had died.",
     [("AFP", "media", "told"), ("The governor", "government", "told")]),
    ("According to the army, nine rebels were killed.", [("the army", "military", "According to")]),
    ("Nine people died, state media reported, citing a doctor.",
     [("state media", "media", "reported"), ("a doctor", "medical", "citing")]),
    ("The rebels claimed that they had killed nine soldiers.", [("The rebels", "armed_group", "claimed")]),
    ("Residents accused the army of killing nine farmers.", [("Residents", "witness", "accused")]),
    ("Nine people were killed.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "links"), CHAINS)
def test_chain(text: str, links: list[tuple[str, str, str]]) -> None:
    found = claim_of(text).attribution
    assert [(s.text, s.type, s.cue and s.cue.text) for s in found] == links
    assert all(text[s.start : s.end] == s.text for s in found)


# what stands in front of "people were killed"
COUNTS = (
    "nine", "at least nine", "some 40 or more", "200-odd", "half a dozen", "a quarter of a million",
    "another one", "two hundred and six", "forty- two", "from 30 to 40", "between 30 and 40", "40 or so",
    "as few as 3 and as many as 9", "20 up to 30", "a couple of", "more than a couple of", "12 914 333",
    "3 hundred thousand", "two dozen", "0", "no", "a total of 25", "a further 12", "an eleventh",
    "all but two of the 12", "one or two dozen",
)  # fmt: skip


@pytest.mark.parametrize("count", COUNTS)
def test_the_text_of_a_count(count: str) -> None:
    text = f"Police said that {count} people were killed."
    (claim,) = extract(text).claims
    assert claim.count.text == re.sub(r" of$| of the$", "", count)


ANY: Any = ...  # not checked
# text, perpetrator, cause, place, time of the first claim
CIRCUMSTANCES = [
    ("Rebels killed nine soldiers near Varn on Tuesday.", "Rebels", None, "near Varn", "on Tuesday"),
    ("An air strike killed nine people in Varn on Tuesday.", None, "An air strike", "in Varn", "on Tuesday"),
    ("Nine people were killed by a landmine near Varn.", None, "a landmine", "near Varn", None),
    ("Nine people died in a fire in Varn.", None, "a fire", "in Varn", None),
    ("Police shot dead three men in Orlo on Monday.", "Police", None, "in Orlo", "on Monday"),
    ("A suicide bomber killed nine people in Orlo.", "A suicide bomber", None, "in Orlo", None),
    ("In Varn, nine people were killed overnight.", None, None, "In Varn", "overnight"),
    ("On Friday, nine people were killed in Varn.", None, None, "in Varn", "On Friday"),
    ("Nine people were killed in Varn on 7 March 2019.", None, None, "in Varn", "on 7 March 2019"),
    ("Nine people were killed in Varn on Friday night.", None, None, "in Varn", "on Friday night"),
    ("Nine people were killed in Varn last week.", None, None, "in Varn", "last week"),
    ("Nine people were killed.", None, None, None, None),
    ("Nine people were killed in Varn, police said on Sunday.", None, None, "in Varn", None),
    ("The army denied killing 15 farmers in Varn.", ANY, None, "in Varn", None),
    ("Nine people were killed at a market in Varn.", None, None, "at a market in Varn", None),
    ("Nine soldiers were killed in an ambush near Varn.", None, "an ambush", "near Varn", None),
    ("A gunman opened fire in Varn, killing nine people.", "A gunman", None, ANY, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "perpetrator", "cause", "place", "time"), CIRCUMSTANCES)
def test_circumstances(text: str, perpetrator: Any, cause: Any, place: Any, time: Any) -> None:
    claim = claim_of(text)
    wanted = {"perpetrator": perpetrator, "cause": cause, "place": place, "time": time}
    found = {name: getattr(claim, name) for name in wanted if wanted[name] is not ANY}
    assert {name: span and span.text for name, span in found.items()} == {
        name: words for name, words in wanted.items() if words is not ANY
    }
    assert all(text[span.start : span.end] == span.text for span in found.values() if span)


@pytest.mark.parametrize("field", ["place", "time"])
def test_circumstances_of_coordinated_claims(field: str) -> None:
    claims = extract("Nine people were killed and 12 wounded in Varn on Friday.").claims
    assert [getattr(c, field) and getattr(c, field).text for c in claims] == [
        {"place": "in Varn", "time": "on Friday"}[field]
    ] * 2


# text, the ties other than part_of that stand in it ("1 updates 0": of the second claim to the first)
RELATIONS = [
    ("Twenty-seven people died in the fire. The toll was later raised to 31.", ["1 updates 0"]),
    ("The death toll rose from nine to 12.", ["1 updates 0"]),
    ("Police raised the death toll to 12 from nine.", ["0 updates 1"]),
    ("Blast kills nine in Varn\n\nNine people were killed in Varn on Friday, police said.", ["1 same_as 0"]),
    ("Some 30 people were killed, residents said. Police put the toll at 14, two soldiers among them.",
     ["0 conflicts_with 1", "1 conflicts_with 0"]),
    ("Police said five people died. The hospital said seven people died.",
     ["0 conflicts_with 1", "1 conflicts_with 0"]),
    ("Police put the death toll at five, but the hospital said seven people died.",
     ["0 conflicts_with 1", "1 conflicts_with 0"]),
    ("The army said 20 rebels were killed. The rebels said they had lost nine men.",
     ["0 conflicts_with 1", "1 conflicts_with 0"]),
    ("Nine people died in the blast, police said. Police later said 12 people had died.", ["1 updates 0"]),
    ("The death toll from the quake, earlier given as 40, now stands at 60.", ["1 updates 0"]),
    ("Nine people were killed, police said. Twelve people were wounded, the hospital said.", []),
    ("Twenty people were killed, including five children.", []),
    ("The toll rose from nine to 12, and another 40 died.", ["1 updates 0"]),
    ("The toll rose from nine to 12. Thirty were wounded.", ["1 updates 0"]),
    ("The number of wounded rose from nine to 12, and 30 died.", ["1 updates 0"]),
    ("Nine soldiers died in Varn. Nine people died, the mayor said.", ["1 same_as 0"]),
    ("Nine soldiers died in Varn, police said. Nine civilians died, the mayor said.", []),
    ("Nine people died in Varn. Nine soldiers died, the mayor said. Nine rebels died, police said.",
     ["1 same_as 0", "2 same_as 0"]),
    ("Nine people died in Varn, and nine died in Orlo.", []),
    ("A guard died in Varn. A guard died, the mayor said.", ["1 same_as 0"]),
    ("A guard died in Varn. Another guard died, the mayor said.", []),
    ("A cook died in Varn. A teacher died, the mayor said.", []),
    ("Nine people died in Varn. Nine people have died since 2011.", []),
    ("Nine people died in Varn. In a separate attack, nine people died.", []),
    ("Nine people died. At least nine people died.", []),
    ("Nine people died. Nine people were wounded.", []),
    ("Nine people died. Nine people may have died.", []),
    ("Police said nine soldiers died. Rebels said 12 civilians died.", []),
    ("Police said nine people died. Rebels said 12 people died. The army said 14 people died.",
     [f"{a} conflicts_with {b}" for a in range(3) for b in range(3) if a != b]),
    ("Police said nine people died. Police said 12 people died.", []),
    ("Police said nine people died. Rebels said 12 more people died.", []),
    ("Police said nine more people died. Rebels said 12 people died.", []),
    ("Police said nine people died. Rebels said nine people died.", ["1 same_as 0"]),
    ("Police said nine people died, two of them children. Rebels said 12 people died.",
     ["0 conflicts_with 2", "2 conflicts_with 0"]),
    ("Police said nine people died. If 12 people died, the rebels said, there will be war.", []),
    ("Police said nine people died. Rebels said 12 people have died since 2011.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "ties"), RELATIONS)
def test_relations(text: str, ties: list[str]) -> None:
    claims = extract(text).claims
    index = {claim.id: i for i, claim in enumerate(claims)}
    found = [f"{i} {r.type} {index[r.target]}" for i, c in enumerate(claims) for r in c.relations]
    assert sorted(tie for tie in found if "part_of" not in tie) == sorted(ties)


OTHER = "Nine people were killed in Varn on Friday."
# text, field, its value for each claim in order
FLAGS = [
    ("Five people were killed. Three more bodies were found on Monday.", "increment", [False, True]),
    ("Five people were killed. A further three died in hospital.", "increment", [False, True]),
    ("Three more people died on Friday, bringing the toll to 27.", "increment", [True, False]),
    (f"{OTHER} Last year a blast in Orlo killed 30 people.", "episode", [0, 1]),
    (f"{OTHER} Last year a blast in Orlo killed 30 people.", "scope", ["event", "event"]),
    (f"{OTHER} The attack came a month after a bombing in Orlo that killed 30 people.", "episode", [0, 1]),
    (f"{OTHER} In 2014 a bomb killed 12 people in Orlo. A fire in Harl in 2016 killed 40.", "episode", [0, 1, 2]),
    (f"{OTHER} Twelve people were wounded in the blast.", "episode", [0, 0]),
    (f"{OTHER} It was the deadliest attack since a bombing killed 30 people in 2014.", "episode", [0, 1]),
    (f"{OTHER} A separate attack in Orlo killed four people.", "episode", [0, 1]),
    ("Five people were killed. Several more died in hospital.", "increment", [False, True]),
    ("Two guards were killed. A third guard died in hospital.", "increment", [False, True]),
    ("The mayor was killed in the blast.", "implicit", [True]),
    ("Karl Bren, a teacher, was shot dead in Varn.", "implicit", [True]),
    ("A soldier was killed in the blast.", "implicit", [False]),
    ("The death toll rose from nine to 12.", "status", ["superseded", "asserted"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "field", "values"), FLAGS)
def test_flag(text: str, field: str, values: list[Any]) -> None:
    assert [getattr(claim, field) for claim in extract(text).claims] == values


# text, number of the claim, its doubt
DOUBTS = [
    ("Dozens of people were killed.", 0, "vague_number"),
    ("Four guardsmen were killed and 30 wounded.", 1, "category_carried_over"),
    ("Four villagers were killed and six others were wounded.", 1, "category_carried_over"),
    ("Thirty people were killed: 12 soldiers and eight policemen.", 0, "parts_do_not_sum"),
    ("Ten people were killed, including nine soldiers and four civilians.", 0, "parts_do_not_sum"),
    ("Nine men were killed.", 0, "category_open"),
    ("Nine people, four of them policemen, were killed.", 0, "category_open"),
    ("Nine people were shot near the port.", 0, "harm_open"),
    ("The raid caused nine casualties.", 0, "harm_open"),
    ("The blast led to the deaths of nine villagers.", 0, "count_of_a_noun"),
    ("Nine villagers were killed, according to a photo.", 0, "source_not_a_body"),
    (f"Nine villagers died, in a fire that {'spread and ' * 12}spread, said the police.", 0, "source_far_away"),
    (f"{OTHER} In a separate attack, gunmen killed four. Three teachers were also killed.", 2, "episode_uncertain"),
    ("Nine villagers died on Monday. Four teachers were killed on Thursday.", 1, "episode_uncertain"),
    ("Nine villagers were reportedly killed and 12 teachers were wounded.", 1, "hedge_reach_uncertain"),
]


@pytest.mark.parametrize(("text", "index", "doubt"), DOUBTS)
def test_doubt(text: str, index: int, doubt: str) -> None:
    assert doubt in claim_of(text, index).doubts


def test_every_doubt_has_a_case_and_a_reason() -> None:
    raised = {doubt for text, *_ in DOUBTS for claim in extract(text).claims for doubt in claim.doubts}
    assert raised | {"two_candidate_sources"} == set(model.DOUBTS) == set(REASONS)


@pytest.mark.parametrize("text", ["Nine soldiers were killed.", "Nine people were killed in Varn, police said."])
def test_no_doubt(text: str) -> None:
    assert claim_of(text).doubts == ()


# text, low, best and high of the killed, value and reason of what is left out
TOLLS = [
    # the table of the contract
    ("Sixty people were killed.", (60, 60, 60), []),
    ("At least 60 people were killed.", (60, 60, None), []),
    ("More than 60 people were killed.", (61, 61, None), []),
    ("Up to 60 people were killed.", (None, 60, 60), []),
    ("Between 30 and 40 people were killed.", (30, 30, 40), []),
    ("Dozens of people were killed.", (24, 24, None), []),
    ("One civilian and six assailants were killed.", (7, 7, 7), []),
    ("Twenty people were killed, including five children.", (20, 20, 20), ["5 part_of"]),
    ("On average, 30 people die here each month. The dead include nine women and four children.",
     (13, 13, 13), ["30 rate"]),
    ("The mayor put the number of dead at 17, a figure that he later withdrew. The dead include nine women.",
     (9, 9, 9), ["17 superseded"]),
    ("Police say five people died. The hospital says seven people died.", (5, 5, 7), []),
    ("Twenty-seven people died in the fire. The toll was later raised to 31.", (31, 31, 31), ["27 superseded"]),
    ("Three more people died on Friday, bringing the toll to 27.", (27, 27, 27), ["3 part_of"]),
    ("Twelve people were killed, said a spokesman. The army denied it.", (0, 12, 12), []),
    # around it
    ("No civilians were killed.", (0, 0, 0), []),
    ("At least 60 people were killed, 12 of them children.", (60, 60, None), ["12 part_of"]),
    ("Five soldiers were killed in the raid. Three farmers were also killed.", (8, 8, 8), []),
    ("Police say five people died. The hospital and the governor say seven people died.", (5, 7, 7), []),
    ("Seven people died in the fire. Police said five people died.", (5, 7, 7), []),
    ("Fire kills nine\n\nNine people were killed in the fire, police said.", (9, 9, 9), ["9 same_as"]),
    (f"{OTHER} Last year a blast in Orlo killed 30 people.", (9, 9, 9), ["30 other_episode"]),
    (f"{OTHER} More than 4,000 people have been killed in the war since 2019.", (9, 9, 9), ["4000 cumulative"]),
    (f"{OTHER} Another strike could kill 500 people, engineers warned.", (9, 9, 9), ["500 hypothetical"]),
    (f"{OTHER} The war kills two people a day.", (9, 9, 9), ["2 rate"]),
    ("The mayor was killed in the blast.", (1, 1, 1), []),
    ("The mayor and three guards were killed in the blast.", (4, 4, 4), []),
    ("Nine people were killed in the blast. Three of them were children.", (9, 9, 9), ["3 part_of"]),
    ("Nine people were killed in Varn and three in Orlo.", (12, 12, 12), []),
    ("Police said nine people died. The mayor said nine people died.", (9, 9, 9), ANY),
    ("Nine people were killed in the blast. The mayor was among the dead.", (9, 9, 9), ANY),
    ("Nine people were killed and 12 wounded in the blast.", (9, 9, 9), []),
    ("The death toll rose from nine to 12.", (12, 12, 12), ["9 superseded"]),
    ("Police raised the death toll to 12 from nine.", (12, 12, 12), ["9 superseded"]),
    ("The death toll from the quake, earlier given as 40, now stands at 60.", (60, 60, 60), ["40 superseded"]),
    ("Police said nine people died in the fire. Police later said 12 people had died.", (12, 12, 12), ["9 superseded"]),
]  # fmt: skip


def bounds(toll: Toll | None) -> tuple[int | None, int | None, int | None] | None:
    return toll and (toll.low, toll.best, toll.high)


def left_out(report: Report, toll: Toll) -> list[str]:
    counts = {claim.id: claim.count for claim in report.claims}
    return [f"{counts[e.id].value} {e.reason}" for e in toll.excluded]


@pytest.mark.parametrize(("text", "figures", "excluded"), TOLLS)
def test_toll(text: str, figures: tuple[int | None, ...], excluded: Any) -> None:
    report = extract(text)
    toll = report.toll("killed")
    assert toll is not None
    assert toll == report.tolls["killed"]
    assert bounds(toll) == figures
    assert excluded is ANY or left_out(report, toll) == excluded
    killed = {claim.id for claim in report.claims if claim.harm == "killed"}
    assert {*toll.claims, *(e.id for e in toll.excluded)} == killed
    assert len(toll.claims) + len(toll.excluded) == len(killed)


# text, harm, category, what the narrowed toll states
NARROWED = [
    ("One civilian and six assailants were killed.", "killed", "civilian", (1, 1, 1)),
    ("One civilian and six assailants were killed.", "killed", "armed_group", (6, 6, 6)),
    ("One civilian and six assailants were killed.", "killed", "military", None),
    ("Twenty people were killed, including five children.", "killed", "civilian", (5, 5, 5)),
    ("At least 12 soldiers were killed and nine farmers were wounded.", "killed", "military", (12, 12, None)),
    ("At least 12 soldiers were killed and nine farmers were wounded.", "wounded", "civilian", (9, 9, 9)),
    ("At least 12 soldiers were killed and nine farmers were wounded.", "wounded", "military", None),
    ("Nine people were killed.", "wounded", None, None),
    ("A strike could kill 5,000 people, engineers warned.", "killed", None, None),
]


@pytest.mark.parametrize(("text", "harm", "category", "figures"), NARROWED)
def test_narrowed_toll(text: str, harm: str, category: str | None, figures: tuple[int | None, ...] | None) -> None:
    assert bounds(extract(text).toll(harm, category=category)) == figures
