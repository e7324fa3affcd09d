"""The functions that every deployment has."""

LAMBDA_STATES = (
    "PlanTuning",
    "WeighChampion",
    "SelectBest",
    "ChooseTrial",
    "CreateModel",
    "FindChampion",
    "Decide",
    "RegisterModel",
    "AwaitApproval",
    "CreateEndpointConfig",
    "DeployEndpoint",
    "VerifyEndpoint",
    "ScaleEndpoint",
    "WriteReport",
    "Prune",
    "CleanUp",
    "ExplainFailure",
    "WriteFailureReport",
    "Notify",
    "ReadProgress",
    "InspectEndpoint",
)
FLEET_STATES = ("ListModels", "NotifyFleet")
FUNCTIONS = (*LAMBDA_STATES, *FLEET_STATES, "ResumeExecution", "SweepExecutions", "MeasureModels")
