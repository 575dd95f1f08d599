"""Services that only take things: queues, the bus, mail, secrets, executions."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import orjson

from bench.stub.answers import XML, Answer, Asked, NotStubbedError, json_answer, json_error
from bench.stub.counters import Counters

Call = Mapping[str, Any]


@dataclass(slots=True)
class Taken:
    """What the recorders have taken, for who wants to look or to carry it on."""

    messages: dict[str, list[Call]] = field(default_factory=lambda: defaultdict(list))
    """By the queue's URL."""
    events: list[Call] = field(default_factory=list)
    mails: list[Call] = field(default_factory=list)
    executions: dict[str, Call] = field(default_factory=dict)
    """By name."""
    answered: list[Call] = field(default_factory=list)
    """Task tokens that were answered."""


class Recorders:
    def __init__(self, counters: Counters, secrets: Mapping[str, str]) -> None:
        self.taken = Taken()
        self._counters = counters
        self._secrets = secrets
        self._acts: dict[str, Callable[[Call], Answer]] = {
            "sqs.SendMessage": self._message,
            "sqs.SendMessageBatch": self._messages,
            "eventbridge.PutEvents": self._events,
            "ses.SendEmail": self._mail_by_query,
            "ses.SendRawEmail": self._mail_by_query,
            "sesv2.SendEmail": self._mail,
            "secrets-manager.GetSecretValue": self._secret,
            "sfn.StartExecution": self._execution,
            "sfn.SendTaskSuccess": self._task,
        }

    def answer(self, service: str, asked: Asked) -> Answer:
        name = f"{service}.{asked.operation}"
        act = self._acts.get(name)
        if act is None:
            raise NotStubbedError(f"found {name}")
        return act(_call(service, asked.body))

    def _message(self, call: Call) -> Answer:
        self._counters.messages["sqs.SendMessage"] += 1
        return json_answer(self._queued(call["QueueUrl"], call))

    def _messages(self, call: Call) -> Answer:
        entries = call["Entries"]
        self._counters.messages["sqs.SendMessageBatch"] += len(entries)
        done = [{"Id": one["Id"], **self._queued(call["QueueUrl"], one)} for one in entries]
        return json_answer({"Successful": done, "Failed": []})

    def _queued(self, url: str, message: Call) -> dict[str, str]:
        self.taken.messages[url].append(message)
        digest = hashlib.md5(message["MessageBody"].encode(), usedforsecurity=False).hexdigest()
        return {"MessageId": str(len(self.taken.messages[url])), "MD5OfMessageBody": digest}

    def _events(self, call: Call) -> Answer:
        self.taken.events += call["Entries"]
        self._counters.messages["eventbridge.PutEvents"] += len(call["Entries"])
        ids = [{"EventId": str(number)} for number, _ in enumerate(call["Entries"])]
        return json_answer({"FailedEntryCount": 0, "Entries": ids})

    def _mail(self, call: Call) -> Answer:
        self.taken.mails.append(call)
        self._counters.messages["sesv2.SendEmail"] += 1
        return json_answer({"MessageId": f"mail-{len(self.taken.mails)}"})

    def _mail_by_query(self, call: Call) -> Answer:
        self.taken.mails.append(call)
        self._counters.messages["ses.SendEmail"] += 1
        action, number = call["Action"], len(self.taken.mails)
        return Answer(
            f"<{action}Response><{action}Result><MessageId>mail-{number}</MessageId>"
            f"</{action}Result></{action}Response>".encode(),
            headers=XML,
        )

    def _secret(self, call: Call) -> Answer:
        if call["SecretId"] not in self._secrets:
            return json_error("ResourceNotFoundException", call["SecretId"])
        text = self._secrets[call["SecretId"]]
        return json_answer({"Name": call["SecretId"], "SecretString": text})

    def _execution(self, call: Call) -> Answer:
        if call["name"] in self.taken.executions:
            return json_error("ExecutionAlreadyExists", call["name"])
        self.taken.executions[call["name"]] = call
        arn = f"{call['stateMachineArn']}:{call['name']}"
        return json_answer({"executionArn": arn, "startDate": 0})

    def _task(self, call: Call) -> Answer:
        self.taken.answered.append(call)
        return json_answer({})


def _call(service: str, body: bytes) -> Call:
    if service != "ses":
        return dict(orjson.loads(body or b"{}"))
    return {name: values[0] for name, values in parse_qs(body.decode()).items()}
