"""Rest, seen inside the emulator: the names that it is read by are those of the pinned version."""

import io
import json
import zipfile

import pytest

from local.clients import client
from local.rest import NoRestError, wait_for_rest

pytestmark = pytest.mark.cloud


def test_nothing_to_do_is_rest(bare) -> None:
    found = wait_for_rest(bare)
    assert found.rested
    assert (found.functions, found.queued, found.unread, found.running) == (0, {}, 0, 0)


def test_messages_that_nobody_works_are_told_and_do_not_hold_it_up(bare) -> None:
    queues = client("sqs", bare)
    url = queues.create_queue(QueueName="letters")["QueueUrl"]
    queues.send_message(QueueUrl=url, MessageBody="lost")
    assert wait_for_rest(bare).dead == {"letters": 1}


def test_an_execution_that_runs_is_no_rest_and_one_that_waits_for_a_token_is(bare, role) -> None:
    machines = client("stepfunctions", bare)
    queues = client("sqs", bare)
    url = queues.create_queue(QueueName="tokens")["QueueUrl"]
    waiting = {
        "Type": "Task",
        "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        "Parameters": {"QueueUrl": url, "MessageBody": {"token.$": "$$.Task.Token"}},
        "End": True,
    }
    made = machines.create_state_machine(
        name="waits",
        definition=json.dumps({"StartAt": "Wait", "States": {"Wait": waiting}}),
        roleArn=role,
    )
    machines.start_execution(stateMachineArn=made["stateMachineArn"])
    found = wait_for_rest(bare)
    assert (found.running, found.waiting) == (0, 1)


def test_what_does_not_move_is_named(bare, role) -> None:
    """A queue that a function works, whose function is not there."""
    functions, queues = client("lambda", bare), client("sqs", bare)
    url = queues.create_queue(QueueName="worked")["QueueUrl"]
    arn = queues.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]
    queues.send_message(QueueUrl=url, MessageBody="stays")
    _empty_function(functions, role)
    functions.create_event_source_mapping(
        EventSourceArn=arn["QueueArn"], FunctionName="works", Enabled=False
    )
    with pytest.raises(NoRestError, match="worked"):
        wait_for_rest(bare, patience=0)


def _empty_function(functions, role) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("bootstrap", "#!/bin/sh\n")
    functions.create_function(
        FunctionName="works",
        Runtime="provided.al2023",
        Role=role,
        Handler="x",
        Code={"ZipFile": packed.getvalue()},
    )
