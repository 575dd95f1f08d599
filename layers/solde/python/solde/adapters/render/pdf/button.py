"""The button of a document that can be paid online: a link that a reader clicks, and its terms."""

from solde.adapters.render.added import Pay
from solde.adapters.render.pdf.paper import LEFT, RIGHT, TOP, Colour, Paper

HEIGHT, PADDING, BESIDE, BELOW = 9.0, 5.0, 6.0, 8.0
SIZE, LEADING = 10.0, 4.4
WHITE: Colour = (255, 255, 255)


def set_button(paper: Paper, pay: Pay | None, y: float) -> float:
    """Draw the button from `y` downward with its terms beside; return where the next thing goes."""
    if pay is None:
        return y
    if y + HEIGHT > paper.bottom:
        paper.add_page()
        y = TOP + 4
    (label, *_) = paper.lines_of(pay.label, (RIGHT - LEFT) / 2, size=SIZE, bold=True)
    width = paper.get_string_width(label) + 2 * PADDING
    paper.set_fill_color(*paper.inks.accent)
    paper.rect(LEFT, y, width, HEIGHT, style="F", round_corners=True, corner_radius=1)
    paper.write_at(LEFT + PADDING, y + 6, label, size=SIZE, bold=True, colour=WHITE)
    paper.link(LEFT, y, width, HEIGHT, link=pay.url, alt_text=label)
    x, top = LEFT + width + BESIDE, y
    for text in paper.lines_of(pay.terms, RIGHT - x, size=9):
        y += LEADING
        paper.write_at(x, y + 1, text, size=9)
    return max(y, top + HEIGHT) + BELOW
