"""What both are asked: trainings by name, as hyperparameters and a data set, and requests.

Left out is what the image does not repeat itself (the rows of `_kfold`, booster gblinear with
shotgun) and where it errs (docs/xgboost.md): class metrics of binary:logistic and multi:softmax.
"""

from __future__ import annotations

BINARY = {"objective": "binary:logistic", "num_round": "6"}
SOFTPROB = {"objective": "multi:softprob", "num_class": "3", "num_round": "5"}
VALUES = {"objective": "reg:squarederror", "num_round": "5"}

Case = tuple[dict[str, str], str]

TRAININGS: dict[str, Case] = {
    "usual": (BINARY, "binary"),
    "library metrics": (BINARY | {"eval_metric": "auc,aucpr,error,logloss,error@0.3"}, "binary"),
    "hinge": (BINARY | {"objective": "binary:hinge", "eval_metric": "error,accuracy"}, "binary"),
    "raw": (BINARY | {"objective": "binary:logitraw", "eval_metric": "auc,accuracy,f1"}, "binary"),
    "classes": (
        SOFTPROB | {"eval_metric": "mlogloss,merror,accuracy,f1,f1_macro,precision_macro"},
        "classes",
    ),
    "values": (VALUES | {"eval_metric": "rmse,mae,mse,r2,mape,mphe"}, "values"),
    "absolute error": (VALUES | {"objective": "reg:absoluteerror"}, "values"),
    "pseudo-Huber": (VALUES | {"objective": "reg:pseudohubererror"}, "values"),
    "cox": (VALUES | {"objective": "survival:cox"}, "values"),
    "poisson": (VALUES | {"objective": "count:poisson"}, "counts"),
    "squared log error": (VALUES | {"objective": "reg:squaredlogerror"}, "counts"),
    "tweedie": (VALUES | {"objective": "reg:tweedie", "tweedie_variance_power": "1.3"}, "counts"),
    "rank": (BINARY | {"objective": "rank:pairwise", "eval_metric": "ndcg,map"}, "binary"),
    "dart": (BINARY | {"booster": "dart", "rate_drop": "0.3", "seed": "3"}, "binary"),
    "exact": (BINARY | {"tree_method": "exact"}, "binary"),
    "approx": (BINARY | {"tree_method": "approx", "max_bin": "16"}, "binary"),
    "lossguide": (
        BINARY | {"tree_method": "hist", "grow_policy": "lossguide", "max_leaves": "7"},
        "binary",
    ),
    "sampled": (BINARY | {"subsample": "0.5", "colsample_bytree": "0.5", "seed": "42"}, "binary"),
    "regularised": (
        BINARY | {"eta": "0.05", "gamma": "1.5", "lambda": "2", "alpha": "0.4", "max_depth": "3"},
        "binary",
    ),
    "weights": (BINARY | {"csv_weights": "1"}, "weighted"),
    "early stopping": (BINARY | {"num_round": "60", "early_stopping_rounds": "3"}, "binary"),
    "tuned metric": (BINARY | {"_tuning_objective_metric": "validation:logloss"}, "binary"),
    "header": (BINARY, "header"),
    "text in the data": (BINARY, "text"),
    "gaps": (BINARY, "gaps"),
    "negative labels": (BINARY, "negative"),
    "empty file": (BINARY, "empty"),
    "no num_round": ({"objective": "binary:logistic"}, "binary"),
    "num_round 0": (BINARY | {"num_round": "0"}, "binary"),
    "num_round of text": (BINARY | {"num_round": "x"}, "binary"),
    "max_depth 2.5": (BINARY | {"max_depth": "2.5"}, "binary"),
    "subsample 0": (BINARY | {"subsample": "0"}, "binary"),
    "gamma below 0": (BINARY | {"gamma": "-1"}, "binary"),
    "unknown hyperparameter": (BINARY | {"learning_rate": "0.1"}, "binary"),
    "unknown booster": (BINARY | {"booster": "gbx"}, "binary"),
    "unknown metric": (BINARY | {"eval_metric": "aucx"}, "binary"),
    "no num_class": ({"objective": "multi:softmax", "num_round": "2"}, "classes"),
    "num_class of two": (BINARY | {"num_class": "2"}, "binary"),
    "auc of classes": (SOFTPROB | {"eval_metric": "auc"}, "classes"),
    "monotone with approx": (
        BINARY | {"tree_method": "approx", "monotone_constraints": "(1,-1,0,0,0,0)"},
        "binary",
    ),
    "early stopping after 0": (BINARY | {"early_stopping_rounds": "0"}, "binary"),
}

# The models that answer, each with its serving container's environment.
SELECTED = {"SAGEMAKER_INFERENCE_OUTPUT": "predicted_label,labels,probability,raw_scores"}
SERVED: dict[str, tuple[Case, dict[str, str]]] = {
    "binary": ((BINARY, "binary"), {}),
    "binary, selected": ((BINARY, "binary"), SELECTED),
    "classes": ((SOFTPROB, "classes"), {}),
    "classes, selected": ((SOFTPROB, "classes"), SELECTED),
    "values": ((VALUES, "values"), {}),
}

ROW = "0.5,-1.2,0.3,0.8,-0.1,1.1"
SPARSE = "0:0.5 1:-1.2 2:0.3 5:1.1"
# Body, ContentType, Accept.
REQUESTS: list[tuple[str, str, str]] = [
    *[
        (ROW, "text/csv", accept)
        for accept in ("", "text/csv", "application/json", "application/jsonlines", "*/*")
    ],
    (ROW, "text/csv", "text/plain"),
    (ROW, "text/csv", "application/x-recordio-protobuf"),
    *[(ROW, content_type, "") for content_type in ("csv", "application/json", "")],
    (f"{ROW}\n{ROW}\n", "text/csv", ""),
    (f"{ROW}\n\n{ROW}", "text/csv", ""),
    (f"{ROW}\n1,2", "text/csv", ""),
    (f"{ROW},7", "text/csv", ""),
    ("1,2", "text/csv", ""),
    ("1,2,3,4,5,nan", "text/csv", ""),
    (",,,,,", "text/csv", ""),
    ("a,b,c,d,e,f", "text/csv", ""),
    (ROW.replace(",", ";"), "text/csv", ""),
    ("", "text/csv", ""),
    (SPARSE, "text/libsvm", ""),
    (f"1 {SPARSE}", "text/x-libsvm", "application/json"),
    ("0:1 9:1", "text/libsvm", ""),
    ("x:y", "text/libsvm", ""),
]
