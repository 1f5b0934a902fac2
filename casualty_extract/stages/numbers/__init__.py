"""The number expressions of one sentence, and the numbers that cannot count people, with the reason."""

from casualty_extract.stages.numbers.finder import find_numbers

__all__ = ["find_numbers"]
