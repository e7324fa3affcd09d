"""The services that tasks of state machines may call here, in boto3's names."""

from __future__ import annotations

_ANSWERED = """
    account acm acm-pca amp apigateway apigatewaymanagementapi apigatewayv2 appconfig
    application-autoscaling appmesh appsync autoscaling backup budgets ce cleanrooms
    clouddirectory cloudformation cloudfront cloudhsmv2 cloudtrail cloudwatch codecommit
    codedeploy codepipeline cognito-identity cognito-idp config connect connectcampaigns datasync
    dax devops-agent directconnect ds dsql dynamodb dynamodbstreams ebs ec2 ec2-instance-connect
    ecr efs eks elasticache elasticbeanstalk elb elbv2 es events firehose fis fsx glacier
    greengrass guardduty iam identitystore inspector2 iot iot-data ivs kafka kinesis
    kinesis-video-archived-media kinesisvideo kms lakeformation lambda lexv2-models logs macie2
    managedblockchain mediaconnect mediapackage mediapackagev2 mediastore mediastore-data memorydb
    meteringmarketplace mq network-firewall networkmanager opensearch opensearchserverless
    organizations osis payment-cryptography pinpoint pipes quicksight ram rds redshift
    resiliencehub resource-groups resourcegroupstaggingapi route53 route53domains route53resolver
    s3 s3control s3tables s3vectors sagemaker sagemaker-metrics sagemaker-runtime scheduler sdb
    secretsmanager securityhub service-quotas servicecatalog servicecatalog-appregistry
    servicediscovery ses sesv2 shield signer sns sqs ssm sso-admin stepfunctions sts support swf
    synthetics timestream-influxdb timestream-write transfer vpc-lattice wafv2 workspaces
    workspaces-web xray
"""

# moto keeps the resources of these and makes up what comes of them: a job that ran nowhere has
# succeeded, any text has the same sentiment.
_MADE_UP = """
    athena batch bedrock bedrock-agent bedrock-agentcore bedrock-agentcore-control bedrock-runtime
    codebuild comprehend databrew datapipeline dms ecs emr emr-containers emr-serverless forecast
    glue kinesisanalyticsv2 medialive personalize polly rds-data redshift-data
    rekognition textract timestream-query transcribe
"""

ANSWERED = frozenset(_ANSWERED.split())
MADE_UP = frozenset(_MADE_UP.split())
