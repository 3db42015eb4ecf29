"""A second reader beside the phrases: it has learnt from examples how comments of each kind read.

`signs` takes a text apart, `classifier` weighs the signs, `examples` are what it has learnt from (`comments/data`),
`manage.py train_classifier` makes it anew.
"""
