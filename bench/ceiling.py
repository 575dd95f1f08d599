"""
What billing may cost at most, by count: the same on every machine, however busy it is.

Whoever makes billing cheaper writes the lower figures here, as a test asks for: else what was won
could be lost again without a word. What makes it dearer says why.
"""

CALLS_OF_ONE = 501
"""Functions called, Python's and C's, to bill the reference customer: three lines."""
CALLS_OF_THE_NEXT = 362
"""Functions called for each further subscription of the same three lines on the invoice."""
STEPS_OF_ONE = 7_899
"""
Instructions of Python's machine to bill the reference customer. What recurs is told once for all
who have it alike; a decision in five passes costs a few calls, and wins far more in time.
"""
STEPS_OF_THE_NEXT = 5_875
"""Instructions for each further subscription."""
ROOM = 3
"""How many per cent more are let pass: what a needed condition may cost."""
SLACK = 5
"""How many per cent less are let pass before the lower figures have to be written down."""
