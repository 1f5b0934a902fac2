"""Leaves: each binds the library to one other; nothing of ours imports them."""
