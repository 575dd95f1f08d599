"""The layers of a stack's functions: the product, its dependencies, templates and rendering."""

from dataclasses import dataclass

from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.packaging import dependencies_layer, product_layer, templates_layer


@dataclass(frozen=True, slots=True)
class Layers:
    product: lambda_.LayerVersion
    lean: lambda_.LayerVersion
    rendering: lambda_.LayerVersion
    templates: lambda_.LayerVersion

    @property
    def common(self) -> tuple[lambda_.LayerVersion, ...]:
        return (self.product, self.lean)

    @property
    def documents(self) -> tuple[lambda_.LayerVersion, ...]:
        return (self.product, self.lean, self.rendering, self.templates)


def layers(scope: Construct, *, release: bool) -> Layers:
    def layer(name: str, code: lambda_.Code) -> lambda_.LayerVersion:
        return lambda_.LayerVersion(
            scope,
            f"layer-{name}",
            code=code,
            compatible_runtimes=[lambda_.Runtime.PYTHON_3_13],
            compatible_architectures=[lambda_.Architecture.ARM_64],
        )

    return Layers(
        product=layer("solde", product_layer()),
        lean=layer("lean", dependencies_layer("lean", release=release)),
        rendering=layer("rendering", dependencies_layer("rendering", release=release)),
        templates=layer("templates", templates_layer()),
    )
