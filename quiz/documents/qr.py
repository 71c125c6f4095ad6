"""QR codes that a telephone reads from paper: error level M, a quiet zone, no module under 0.35 mm."""

from io import BytesIO

import segno

from quiz.documents.typeset import Fact

QUIET_ZONE = 4  # modules, as the standard asks
SMALLEST_MODULE = 0.35  # mm


def square(address: str, side: float) -> dict[str, Fact]:
    """The code as SVG and its side in mm with the quiet zone: `side`, or more where the address is long."""
    code = segno.make(address, error="m", boost_error=False, micro=False)
    drawing = BytesIO()
    code.save(drawing, kind="svg", border=QUIET_ZONE, xmldecl=False, nl=False)
    modules = code.symbol_size(border=QUIET_ZONE)[0]
    return {"svg": drawing.getvalue().decode(), "side": round(max(side, modules * SMALLEST_MODULE), 2)}


def in_words(address: str) -> str:
    """The address to type by hand: without the signed part, which only a code can carry."""
    return address.partition("#")[0]
