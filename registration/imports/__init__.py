"""What a register of births holds, how its cells are read, what is refused, and how rows become records."""
