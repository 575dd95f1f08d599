"""The tables that must behave alike: the model, moto's, and the stub of the bench."""

import pytest
from moto import mock_aws

from bench.stub.cloud import StubCloud
from tests.support import aws_table
from tests.support.model_table import ModelTable


@pytest.fixture(scope="module")
def moto_client():
    return aws_table.client("dynamodb")


@pytest.fixture
def moto_table(moto_client):
    with mock_aws():  # for this test alone: it would answer for the stub as well
        aws_table.create_table(moto_client)
        yield aws_table.table_over(moto_client)


@pytest.fixture
def model_table():
    return ModelTable()


@pytest.fixture(scope="module")
def stub_client():
    cloud = StubCloud()
    return cloud, cloud.session().client("dynamodb")


@pytest.fixture
def stub_table(stub_client):
    cloud, dynamodb = stub_client
    cloud.dynamo.clear()
    return aws_table.table_over(dynamodb)


@pytest.fixture(params=["model_table", "moto_table", "stub_table"])
def table(request):
    return request.getfixturevalue(request.param)


@pytest.fixture(params=["model_table", "stub_table"])
def exact_table(request):
    """Without moto, which keeps numbers as they were written and lets types mix."""
    return request.getfixturevalue(request.param)
