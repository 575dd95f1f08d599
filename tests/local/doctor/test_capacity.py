import pytest

from local.doctor.capacity import concurrency


@pytest.mark.parametrize(
    ("most", "well"),
    # 50 for ingest + 20 for webhooks + 100 that AWS insists on.
    [(10, False), (179, False), (180, True), (1000, True)],
)
def test_a_new_account_may_be_too_small(aws, live, most, well) -> None:
    aws.says("lambda", "get_account_settings", {"AccountLimit": {"ConcurrentExecutions": most}})
    (found,) = concurrency(aws, live)
    assert found.said == f"{most} at once, 180 needed"
    assert found.well is well
