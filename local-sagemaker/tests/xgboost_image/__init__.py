"""Holds the XGBoost of local AWS against SageMaker's image of it, where Docker can run that image.

    make compare-image IMAGE=683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:3.0-5

Both train the same cases through CreateTrainingJob and answer the same requests through
InvokeEndpoint. A line a case says whether what the users see is the same.
"""
