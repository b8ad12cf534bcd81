"""Questions: their forms, their answers, examples that have one."""
