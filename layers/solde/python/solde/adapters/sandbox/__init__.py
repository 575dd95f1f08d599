"""A provider that moves no money: what it answers is written in the method that it is given."""
