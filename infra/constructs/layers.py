"""The layers of a stack's functions: the product, its dependencies, templates and rendering."""

from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.packaging import dependencies_layer, product_layer, templates_layer

Layers = tuple[lambda_.LayerVersion, ...]


def common_layers(scope: Construct, *, release: bool) -> Layers:
    return (
        _layer(scope, "solde", product_layer()),
        _layer(scope, "lean", dependencies_layer("lean", release=release)),
    )


def document_layers(scope: Construct, *, release: bool) -> Layers:
    """Return what those that make documents and mails have besides the common layers."""
    return (
        _layer(scope, "rendering", dependencies_layer("rendering", release=release)),
        _layer(scope, "templates", templates_layer()),
    )


def payment_layers(scope: Construct, *, release: bool) -> Layers:
    """Return what those functions have besides that prove or ask payment providers."""
    return (_layer(scope, "payments", dependencies_layer("payments", release=release)),)


def print_layers(scope: Construct, *, release: bool) -> Layers:
    """Return what binds documents, besides the common layers."""
    return (_layer(scope, "print", dependencies_layer("print", release=release)),)


def _layer(scope: Construct, name: str, code: lambda_.Code) -> lambda_.LayerVersion:
    return lambda_.LayerVersion(
        scope,
        f"layer-{name}",
        code=code,
        compatible_runtimes=[lambda_.Runtime.PYTHON_3_13],
        compatible_architectures=[lambda_.Architecture.ARM_64],
    )
