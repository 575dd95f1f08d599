"""The HTTP API: one function per group of nouns, access logs, throttling."""

from collections.abc import Mapping, Sequence

from aws_cdk import Tags
from aws_cdk import aws_apigatewayv2 as apigateway
from aws_cdk import aws_apigatewayv2_integrations as integrations
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

LOGGED = (
    '{"requestId":"$context.requestId","route":"$context.routeKey","status":"$context.status",'
    '"latency":"$context.responseLatency"}'
)
"""Ids and figures only: no path parameter, no address, no body."""


def http_api(
    scope: Construct, *, name: str, log_group: logs.LogGroup, rate: int = 200, burst: int = 400
) -> apigateway.HttpApi:
    api = apigateway.HttpApi(
        scope, "api", api_name=name, create_default_stage=False, disable_execute_api_endpoint=False
    )
    # The local cloud keeps the id of an API with this tag, so that links outlive a restart.
    Tags.of(api).add("ms-custom-id", "solde")
    stage = apigateway.HttpStage(
        scope,
        "stage",
        http_api=api,
        stage_name="$default",
        auto_deploy=True,
        throttle=apigateway.ThrottleSettings(rate_limit=rate, burst_limit=burst),
    )
    settings = apigateway.CfnStage.AccessLogSettingsProperty(
        destination_arn=log_group.log_group_arn, format=LOGGED
    )
    stage.node.default_child.access_log_settings = settings
    return api


def routes(
    api: apigateway.HttpApi, function: lambda_.Function, wanted: Mapping[str, Sequence[str]]
) -> None:
    """Send paths (→ methods) to a function."""
    integration = integrations.HttpLambdaIntegration(f"to-{function.node.id}", function)
    for path, methods in wanted.items():
        api.add_routes(
            path=path,
            methods=[apigateway.HttpMethod[method] for method in methods],
            integration=integration,
            authorizer=apigateway.HttpNoneAuthorizer(),
        )


def noun(*names: str) -> dict[str, Sequence[str]]:
    """Return the two routes of each noun: the collection, and everything below it."""
    found: dict[str, Sequence[str]] = {}
    for name in names:
        found[f"/v1/{name}"] = ("ANY",)
        found[f"/v1/{name}/{{proxy+}}"] = ("ANY",)
    return found
