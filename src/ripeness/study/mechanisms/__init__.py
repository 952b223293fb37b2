"""Which of the theory's mechanisms move this war: each lever moved on the same parameter samples and random draws."""
