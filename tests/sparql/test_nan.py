"""NaN is before nothing, behind nothing and not like itself: false, and no error."""

from __future__ import annotations

import pytest

from sparql.expressions import value

XSD = "http://www.w3.org/2001/XMLSchema#"
NAN = f'"NaN"^^<{XSD}double>'
TERMS = f'{NAN} "NaN"^^<{XSD}float> 1e0 "2014-05-22"^^<{XSD}date>'
WHERE = f"VALUES (?nan ?other ?one ?day) {{ ({TERMS}) }}"
SIGNS = ("<", "<=", ">", ">=")


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize(
    "left", ["?nan", "?nan + 1", "-?nan", "ABS(?nan)", "IF(true, ?nan, 0)", NAN]
)
@pytest.mark.parametrize(
    "right",
    ["1", "?one", "?nan", "?other", "?one * 2", f'"1"^^<{XSD}integer>', f'"1"^^<{XSD}double>'],
)
def test_no_comparison_is_true_or_an_error(left, sign, right):
    for text in (f"{left} {sign} {right}", f"{right} {sign} {left}"):
        assert value(f"IF({text}, 1, 2)", where=WHERE) == "2"
        assert value(f"!({text})", where=WHERE) == "true"
        assert value("COUNT(*)", where=f"{WHERE} FILTER({text})") == "0"


@pytest.mark.parametrize("sign", SIGNS)
def test_what_is_no_number_is_an_error_still(sign):
    for other in ("?day", '"a"', "?none", f"<{XSD}double>", "'a'@en"):
        assert value(f"IF(?nan {sign} {other}, 1, 2)", where=WHERE) is None
    assert value(f"IF(?one {sign} 1, 1, 2)", where=WHERE) == ("1" if "=" in sign else "2")
    assert value(f"IF(?day {sign} ?day, 1, 2)", where=WHERE) == ("1" if "=" in sign else "2")
