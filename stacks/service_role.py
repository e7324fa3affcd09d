"""Roles that AWS services take on: made here, or given by an organisation that makes its own."""

from collections.abc import Iterable

from aws_cdk import aws_iam
from constructs import Construct


class ServiceRole(aws_iam.Role):
    """A role with one policy, which stands beside it as a managed policy.

    The audit packs (NIST 800-53, HIPAA, PCI DSS) forbid policies inside of roles, which show
    neither versions nor who else has them. IAM takes 6,144 characters of one.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        assumed_by: aws_iam.IPrincipal,
        description: str,
        statements: Iterable[aws_iam.PolicyStatement] = (),
    ) -> None:
        super().__init__(scope, id, assumed_by=assumed_by, description=description)
        self._description = description
        first = list(statements)
        # Given at once: each one alone would be a question to the CDK's process, and one back.
        self._policy = self._policy_of(first) if first else None

    def add_to_principal_policy(
        self, statement: aws_iam.PolicyStatement
    ) -> aws_iam.AddToPrincipalPolicyResult:
        """What the CDK's grants call, and `add_to_policy`."""
        if self._policy is None:
            self._policy = self._policy_of([statement])
        else:
            self._policy.add_statements(statement)
        return aws_iam.AddToPrincipalPolicyResult(
            statement_added=True, policy_dependable=self._policy
        )

    def _policy_of(self, statements: list[aws_iam.PolicyStatement]) -> aws_iam.ManagedPolicy:
        return aws_iam.ManagedPolicy(
            self, "Policy", description=self._description, roles=[self], statements=statements
        )


def service_role(
    scope: Construct,
    id: str,
    *,
    given: str | None,
    assumed_by: aws_iam.IPrincipal,
    description: str,
    statements: Iterable[aws_iam.PolicyStatement] = (),
) -> aws_iam.IRole:
    """The role of the ARN that is `given`, whose rights are its owner's affair, or one that is
    made and has these."""
    if given:
        return aws_iam.Role.from_role_arn(scope, id, given, mutable=False)
    return ServiceRole(
        scope, id, assumed_by=assumed_by, description=description, statements=statements
    )
