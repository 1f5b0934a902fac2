"""Numbers beside harm words that count no victims, each with its reason; and what naming it leaves untouched."""

from __future__ import annotations

import logging
import re
import subprocess
import sys
import warnings

import pytest

from casualty_extract import extract
from casualty_extract.stages.rejections import name_measure

# text, number, reason
REJECTED = [
    ("A man aged 34 was killed in the crash.", "34", "age"),
    ("The 34-year-old driver was killed.", "34", "age"),
    ("A 62 year old farmer was killed.", "62", "age"),
    ("Karl Bren, 34, was killed in the crash.", "34", "age"),
    ("The victims, aged 19 and 23, were killed at home.", "23", "age"),
    ("Three people, aged 19, 23 and 40, were killed.", "40", "age"),
    ("Nine people were killed on 12 March 2019.", "12", "date"),
    ("Nine people were killed on 12 March 2019.", "2019", "date"),
    ("Nine people were killed on March 3.", "3", "date"),
    ("Nine people have been killed since 1998.", "1998", "date"),
    ("Nine people were killed in the 1990s.", "1990s", "date"),
    ("Nine people were killed on 2019-03-07.", "2019", "date"),
    ("Nine people were killed at 10 pm.", "10", "time"),
    ("Nine people were killed at 10:30 on Friday.", "10:30", "time"),
    ("Nine people were killed in 30 minutes.", "30", "time"),
    ("Nine people were killed in the past 24 hours.", "24", "time"),
    ("Nine people were killed in five days of fighting.", "five", "time"),
    ("Nine people died after a wait of 3 fortnights.", "3", "time"),  # named by quantulum3
    ("The fire killed nine people and cost $40,000.", "40,000", "money"),
    ("The fire killed nine people and cost €3m.", "3m", "money"),
    ("The fire killed nine people and cost 3 million dollars.", "3 million", "money"),
    ("The families of the nine dead will get Rs 500,000.", "500,000", "money"),
    ("Thieves took 300 rand and killed nine people.", "300", "money"),  # named by quantulum3
    ("Thieves took 300 baht and killed nine people.", "300", "money"),
    ("Deaths rose by 12 percent.", "12", "percent"),
    ("Deaths fell 12% this year.", "12", "percent"),
    ("Nearly 40 per cent of the wounded were women.", "40", "percent"),
    ("Nine people were killed 40 km from Varn.", "40", "measure"),
    ("The slide killed nine people 300 metres below ground.", "300", "measure"),
    ("Nine people were killed by a 500-pound bomb.", "500", "measure"),
    ("The fire killed nine people and burned 40 sq km of forest.", "40", "measure"),
    ("A magnitude 6.2 quake killed nine people.", "6.2", "measure"),
    ("Nine people were killed 40 furlongs from Varn.", "40", "measure"),  # named by quantulum3
    ("The slide killed nine people and buried 300 bushels of grain.", "300", "measure"),  # named by quantulum3
    ("Flight 417 crashed, killing nine people.", "417", "name"),
    ("Nine people were killed on Hill 402.", "402", "name"),
    ("Nine people were killed on Route 9 near Varn.", "9", "name"),
    ("Nine people were killed in a raid by Unit 51.", "51", "name"),
    ("Nine people were killed in the 40th week of the siege.", "40th", "ordinal"),
    ("Nine people were killed in the 3rd attack.", "3rd", "ordinal"),
    ("Varn lost 3-1 to Orlo, and nine fans were injured on the way home.", "3-1", "score"),
    ("The law passed by 40 votes after nine people were killed.", "40", "score"),
    ("The 30,000-strong army killed nine people.", "30,000", "strength"),
    ("The army, 30,000 strong, killed nine people.", "30,000", "strength"),
    ("Nine men were killed as neighbours fought one another.", "one", "reciprocal"),
    ("All but three of the miners were killed.", "three", "exception"),
    ("All but 9 of the 8 miners were killed.", "9", "exception"),
    ("The fire killed 12 cows.", "12", "not_people"),
    ("The fire killed nine people and 40 horses.", "40", "not_people"),
    ("The disease has killed 300 sheep.", "300", "not_people"),
    ("Nine people were killed and 12 survivors were found.", "12", "survivors"),
    ("Rescuers pulled 12 survivors from the ruins where nine people died.", "12", "survivors"),
    ("The blast killed nine people; 12 people survived.", "12", "survivors"),
    ("Some 400 people marched after nine people were killed.", "400", "not_harmed"),
    ("Nine people were killed and 400 police were deployed.", "400", "not_harmed"),
    ("A force of 4,000 soldiers moved in after nine people were killed.", "4,000", "not_harmed"),
    ("The ship had 40 people aboard; nine people were killed.", "40", "not_harmed"),
    ("Nine people were killed in 1991-1995.", "1991-1995", "date"),
    ("The raid lasted 3 to 4 hours and killed nine people.", "3 to 4", "time"),
    ("Nine people were killed on May 3-5.", "3-5", "date"),
    ("Nine people were killed in the raids of 3 to 5 May.", "3 to 5", "date"),
    ("The thieves took $10 to 20 and killed nine people.", "10 to 20", "money"),
    ("Nine people aged 15 to 20 were killed.", "15 to 20", "age"),
    ("Nine people, ages 15 to 20, were killed.", "15 to 20", "age"),
    ("Nine people of age 15 to 20 were killed.", "15 to 20", "age"),
    ("From 2001 to 2005 nine people were killed.", "2001 to 2005", "date"),
    ("The law passed by votes 15 to 30 after nine people were killed.", "15", "not_harmed"),
    ("20 to 30 villages burned and nine people were killed.", "20 to 30", "not_people"),
    ("Nine people were killed on 2011-10-04 in Orlo.", "2011-10-04", "date"),
    ("Nine people were killed (2011-10).", "2011-10", "date"),
    ("Ten-man crews were hurt and nine people were killed.", "Ten-man", "measure"),
    ("A two-and-a-half-hour raid killed nine people.", "two-and-a-half-hour", "measure"),
    ("A forty-strong force killed nine people.", "forty-strong", "measure"),
    ("Nine people were killed on 3 May.", "3", "date"),
    ("Nine people were killed on 31 May.", "31", "date"),
    ("Nine people were killed on 1 May.", "1", "date"),
    ("Nine people were killed on Sept. 11.", "11", "date"),
    ("Varn drew 3-3 with Orlo, and nine fans were injured on the way home.", "3-3", "score"),
    ("Nine people were killed on the 3 of May.", "3", "date"),
    ("On 3 March nine people were killed.", "3", "date"),
    ("He saw 3 march past and nine people were killed.", "3", "not_harmed"),
    ("Nine people were killed on May 32.", "32", "not_harmed"),
    ("On May 3 2012 nine people were killed.", "2012", "date"),
    ("On May 3, 2012 nine people were killed.", "2012", "date"),
    ("Nine people died in the raid of 25 SEP 89.", "89", "date"),
    ("Nine people died on SEP 89.", "89", "not_harmed"),
    ("The war of 2101 killed nine people.", "2101", "not_harmed"),
    ("The war of 1799 killed nine people.", "1799", "not_harmed"),
    ("Diarra (34) was killed.", "34", "age"),
    ("Diarra [34] was killed.", "34", "age"),
    ("Diarra, 34, was killed.", "34", "age"),
    ("Diarra, 34, his wife and a guard were killed.", "34", "age"),
    ("Karl Bren, 34 was killed.", "34", "age"),
    ("Karl Bren, 34 and his wife were killed.", "34", "age"),
    ("A bride of 19 was killed.", "19", "age"),
    ("A man of 34 died.", "34", "age"),
    ("A woman of 34 who was shot died.", "34", "age"),
    ("Men of 19 were killed.", "19", "not_harmed"),
    ("A child of 5 and nine others were killed.", "5", "age"),
    ("The oldest was 11 and nine were killed.", "11", "age"),
    ("The oldest is 11; nine were killed.", "11", "age"),
    ("He was 11 when he was killed.", "11", "age"),
    ("The soldier, 34, was killed.", "34", "age"),
    ("The farmer, 34 was killed.", "34", "age"),
    ("The dead were identified as Li Wei 34, Chen Bo 41 and Wu Han 20.", "20", "age"),
    ("The dead were named as Li Wei 34 and Chen Bo 41.", "34", "age"),
    ("The dead were named as li wei 34 and Chen Bo 41.", "34", "not_harmed"),
    ("The dead were Li Wei 34 and Chen Bo 41.", "34", "not_harmed"),
    ("Karl Bren, 115, was killed.", "115", "age"),
    ("Karl Bren, 116, was killed.", "116", "not_harmed"),
    ("Three people, aged 19, 23, and 40, were killed.", "40", "age"),
    ("Three people, aged 19 to 23, were killed.", "19 to 23", "age"),
    ("Three people, aged 19, 230 and 40, were killed.", "40", "not_harmed"),
    ("Three people, aged 19, 115 and 40, were killed.", "115", "age"),
    ("Three people, aged 19, 116 and 40, were killed.", "116", "not_harmed"),
    ("At Ground Zero, nine people were killed.", "Zero", "name"),
    ("The raid killed 007 people.", "007", "name"),
    ("In raid No. 12 nine people were killed.", "12", "name"),
    ("In raids Nos. 12 and 13 nine people were killed.", "12", "name"),
    ("In NA 12 Harl nine people were killed.", "12", "name"),
    ("IN PK 93 UPPER DIR NINE PEOPLE WERE KILLED.", "93", "not_harmed"),
    ("The UN 12 Harl nine people were killed.", "12", "not_harmed"),
    ("Twenty euros were stolen and nine people killed.", "Twenty", "money"),
    ("20 m of the wall fell and nine people died.", "20", "measure"),
    ("Nine people died in unit 51.", "51", "not_harmed"),
    ("In world war 2 nine people died.", "2", "name"),
    ("Group 12 was hit and nine people died.", "12", "name"),
    ("In flight 302 nine people died.", "302", "name"),
    ("At age five she saw nine people killed.", "five", "age"),
    ("For $ five he killed nine people.", "five", "money"),
    ("In Group five nine people died.", "five", "not_harmed"),
    ("The 15b bus crashed and nine people died.", "15b", "name"),
    ("A 2.5 metre wave killed nine people.", "2.5", "measure"),
    ("At 10am nine people were killed.", "10am", "time"),
    ("At 10h nine people were killed.", "10h", "time"),
    ("A 20km march killed nine people.", "20km", "measure"),
    ("On 12/05 nine people died.", "12/05", "date"),
    ("On 12.05.2011 nine people died.", "12.05.2011", "date"),
    ("Half of 60 men were killed.", "60", "not_harmed"),
    ("Comments 12 At least dozens were killed.", "12", "not_harmed"),
]
GUARDS = {
    "age", "date", "time", "money", "percent", "measure", "name", "ordinal", "score", "strength", "reciprocal",
    "exception", "not_people", "survivors", "not_harmed",
}  # fmt: skip
MEASURED = "Nine people were killed 40 furlongs from Varn."


@pytest.mark.parametrize(("text", "number", "reason"), REJECTED)
def test_rejected(text: str, number: str, reason: str) -> None:
    report = extract(text)
    place = re.compile(rf"(?<!\w){re.escape(number)}(?!\d)")
    assert [r.reason for r in report.rejections if place.search(r.text)] == [reason]
    assert not [claim.count for claim in report.claims if not claim.implicit and place.search(claim.count.text)]
    assert all(text[r.start : r.end] == r.text for r in report.rejections)


@pytest.mark.parametrize("text", dict.fromkeys(text for text, *_ in REJECTED if "nine " in text.lower()))
def test_the_victims_beside_it_are_counted(text: str) -> None:
    assert [claim.count.value for claim in extract(text).claims if not claim.implicit] == [9]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Three people, aged 19, 23 and 40, were killed.", [3]),
        ("Police said 12 people, aged 19 to 40, were arrested.", [12]),
        ("Two brothers, 19 and 23, were killed.", [2]),
        ("A fire at 10 pm killed 12 people and injured 30.", [12, 30]),
        ("The 12 March attack killed 40 people.", [40]),
        ("In 2019, 12 people were killed.", [12]),
        ("The 7.1 magnitude quake killed 12 people.", [12]),
        ("Flight 417 crashed with 40 people aboard, killing 12.", [12]),
        ("The fire killed 12 people and 40 horses.", [12]),
        ("The fire destroyed 40 houses and killed 12 people.", [12]),
        ("The fire killed 12 people and cost $3 million.", [12]),
    ],
)
def test_a_refused_number_takes_no_victims_with_it(text: str, values: list[int]) -> None:
    assert [claim.count.value for claim in extract(text).claims if not claim.implicit] == values


def test_every_reason_has_a_case() -> None:
    assert {reason for *_, reason in REJECTED} == GUARDS


@pytest.mark.parametrize(
    "text", ["Nine people were killed.", "Nine people were killed and 12 wounded.", "The march drew 12,000 people.", ""]
)
def test_nothing_is_rejected(text: str) -> None:
    assert extract(text).rejections == ()


@pytest.mark.parametrize("level", [logging.NOTSET, logging.DEBUG, logging.WARNING, logging.CRITICAL])
def test_root_logging_stays_as_it_was(level: int) -> None:
    root, handler = logging.getLogger(), logging.NullHandler()
    handlers, before = root.handlers[:], root.level
    root.addHandler(handler)
    root.setLevel(level)
    try:
        extract(MEASURED)
        assert root.handlers == [*handlers, handler]
        assert (root.level, handler.level, root.manager.disable) == (level, logging.NOTSET, logging.NOTSET)
    finally:
        root.handlers[:] = handlers
        root.setLevel(before)


def test_warning_filters_stay_as_they_were() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        filters, show = warnings.filters[:], warnings.showwarning
        extract(MEASURED)
        assert warnings.filters[:] == filters
        assert warnings.showwarning is show


def test_a_fresh_interpreter_keeps_its_logging_and_warnings_and_prints_nothing() -> None:
    code = (
        "import logging, warnings, casualty_extract as c\n"
        "root = logging.getLogger()\n"
        "state = lambda: (root.handlers[:], root.level, root.manager.disable, warnings.filters[:])\n"
        "before = state()\n"
        f"reasons = [r.reason for r in c.extract({MEASURED!r}).rejections]\n"
        "print(reasons, state() == before)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout.strip(), done.stderr) == ("['measure'] True", "")


@pytest.mark.parametrize("broken", ["missing", "raises"])
def test_a_measure_is_a_courtesy(broken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if broken == "missing":
        monkeypatch.setitem(sys.modules, "quantulum3", None)
    else:
        import quantulum3.parser

        monkeypatch.setattr(quantulum3.parser, "parse", lambda _: 1 / 0)
    root = logging.getLogger()
    before = root.handlers[:], root.level
    assert name_measure("40 furlongs") is None
    assert [r.reason for r in extract(MEASURED).rejections] == ["not_harmed"]
    assert (root.handlers[:], root.level) == before
