"""Messages that a person passed on inside a mail: attached, inline below their own words, quoted or pasted.

`passed_on` finds them all; the modules beside it read one way of passing on each.
"""
