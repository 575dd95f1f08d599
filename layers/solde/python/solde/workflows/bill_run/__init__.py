"""The bill run, step by step: open, select, plan, review, approve, seal, publish, issue, close."""
