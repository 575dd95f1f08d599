"""Ten attempts over 75 hours."""

from datetime import UTC, datetime, timedelta

from solde.domain.endpoints import ATTEMPTS, next_call_at

NOW = datetime(2013, 1, 10, 8, tzinfo=UTC)
MINUTES = [5, 5, 30, 120, 300, 600, 840, 1200, 1440]  # 4,540 minutes, 75 h 40 min


def test_ten_attempts_over_75_hours_each_at_most_a_tenth_later() -> None:
    assert ATTEMPTS == 10
    assert sum(MINUTES) == 75 * 60 + 40
    for failed, minutes in enumerate(MINUTES, 1):
        wait = next_call_at("msg_1", failed, NOW) - NOW
        assert timedelta(minutes=minutes) <= wait <= timedelta(minutes=minutes) * 11 / 10
    assert next_call_at("msg_1", 10, NOW) is None


def test_messages_that_failed_together_do_not_come_together_and_a_repeat_says_the_same() -> None:
    waits = [next_call_at(f"msg_{number}", 4, NOW) for number in range(40)]
    assert len(set(waits)) >= 8
    assert waits == [next_call_at(f"msg_{number}", 4, NOW) for number in range(40)]
