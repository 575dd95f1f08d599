"""Rating: numbered executions that turn raw events into day states, each event once."""
